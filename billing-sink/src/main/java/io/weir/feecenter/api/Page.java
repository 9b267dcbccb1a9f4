package io.weir.feecenter.api;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param data its rows, in the order of the list
 * @param next the cursor with which the next page is asked for; null on the last page
 */
record Page<R>(List<R> data, @Nullable String next) {

    /** A copy that nobody changes. */
    Page {
        data = List.copyOf(data);
    }

    /**
     * The page that these rows begin, with its cursor where there are more than fit.
     *
     * @param limit how many rows fit
     * @param place a row's values in the columns of the order
     */
    static <R> Page<R> of(List<R> rows, int limit, Function<R, List<?>> place) {
        return rows.size() <= limit
                ? new Page<>(rows, null)
                : new Page<>(rows.subList(0, limit), Cursor.of(place.apply(rows.get(limit - 1))));
    }
}
