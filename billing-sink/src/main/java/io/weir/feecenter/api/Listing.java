package io.weir.feecenter.api;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Rows in an order in which each has a place of its own, so that a page can begin behind any of them: nothing is skipped or repeated while
 * rows are added.
 *
 * @param row what a row is read into
 * @param query with {@code <behind>} where the condition is that rows come behind the cursor, and no {@code ORDER BY}
 * @param order the columns that order the list; together unique
 * @param newestFirst whether the list goes down and not up
 * @param place a row's values in those columns
 */
record Listing<R>(Class<R> row, String query, List<Key> order, boolean newestFirst, Function<R, List<?>> place) {

    /** A copy that nobody changes. */
    Listing {
        order = List.copyOf(order);
    }

    /**
     * The page that a program asks for.
     *
     * @param values for the places of the query
     * @throws Refused 400 if limit or cursor cannot be
     */
    Page<R> page(Handle handle, Parameters asked, Map<String, ?> values) {
        List<Object> behind =
                asked.cursor().map(cursor -> Cursor.place(cursor, order)).orElse(List.of());
        int limit = asked.limit();
        Query select = handle.createQuery(query + ordered() + " LIMIT :limit")
                .define("behind", behind.isEmpty() ? "" : behind())
                .bindMap(values)
                .bind("limit", limit + 1);
        IntStream.range(0, behind.size()).forEach(i -> select.bind("key" + i, behind.get(i)));
        return Page.of(select.mapTo(row).list(), limit, place);
    }

    private String behind() {
        return "AND (%s) %s (%s)"
                .formatted(
                        order.stream().map(Key::column).collect(Collectors.joining(", ")),
                        newestFirst ? "<" : ">",
                        IntStream.range(0, order.size())
                                .mapToObj(i -> ":key" + i)
                                .collect(Collectors.joining(", ")));
    }

    private String ordered() {
        return order.stream()
                .map(key -> key.column() + (newestFirst ? " DESC" : ""))
                .collect(Collectors.joining(", ", " ORDER BY ", ""));
    }
}
