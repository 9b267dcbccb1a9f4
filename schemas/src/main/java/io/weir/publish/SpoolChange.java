package io.weir.publish;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What goes to the disk at once; grows until the disk is free.
 *
 * @param sent positions of events that the broker has, to be deleted
 * @param refused positions of events that the broker refuses for good, to be put aside
 * @param added new events by position, each behind all that came before
 * @param onDisk completed when the disk has all of it, exceptionally if it fails
 */
record SpoolChange(
        List<Long> sent, List<Long> refused, Map<Long, byte[]> added, CompletableFuture<@Nullable Void> onDisk) {

    /** Nothing yet. */
    static SpoolChange none() {
        return new SpoolChange(new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>(), new CompletableFuture<>());
    }

    boolean isEmpty() {
        return sent.isEmpty() && refused.isEmpty() && added.isEmpty();
    }
}
