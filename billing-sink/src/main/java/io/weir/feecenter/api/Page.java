package io.weir.feecenter.api;

import java.util.List;
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
}
