package io.weir.metering.window;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.metering.intake.ByteTable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The windows of one resource of a workspace that are on the heap, and the one that was used last. */
final class ResourceWindows extends ByteTable.Entry {

    final String resource;
    final Map<Long, WindowTotals> byStart = new HashMap<>();

    @Nullable
    WindowTotals last;

    ResourceWindows(String resource) {
        super(resource.getBytes(UTF_8));
        this.resource = resource;
    }
}
