package io.weir.feecenter.settlement;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Long lists, read in batches, so that whoever takes them slowly holds no connection. */
final class Batches {

    private static final int ROWS = 1_000;

    private Batches() {}

    /** A part of a list, behind the row with this key; from its beginning for null. */
    @FunctionalInterface
    interface Page<K, R> {
        List<R> after(@Nullable K key, int limit);
    }

    /** Passes on every row, in the order of the pages. */
    static <K, R> void forEach(Page<K, R> page, Function<R, K> key, Consumer<R> each) {
        List<R> batch = page.after(null, ROWS);
        batch.forEach(each);
        while (batch.size() == ROWS) {
            batch = page.after(key.apply(batch.get(ROWS - 1)), ROWS);
            batch.forEach(each);
        }
    }
}
