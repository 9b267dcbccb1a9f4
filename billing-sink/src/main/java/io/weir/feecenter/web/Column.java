package io.weir.feecenter.web;

import io.weir.feecenter.settlement.PaidBy;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of a file: its name in the header, and what stands there in a row.
 *
 * @param cell null is an empty cell, a decimal stands with all its digits
 */
record Column<R>(String name, Function<R, ? extends @Nullable Object> cell) {

    /** What each kind of purse paid. */
    static <R> List<Column<R>> paidBy(Function<R, PaidBy> paid) {
        return List.of(
                new Column<>("voucher_amount", row -> paid.apply(row).voucher()),
                new Column<>("card_amount", row -> paid.apply(row).card()),
                new Column<>("cash_amount", row -> paid.apply(row).cash()),
                new Column<>("cloud_amount", row -> paid.apply(row).cloud()),
                new Column<>("owed_amount", row -> paid.apply(row).owed()));
    }

    /** All columns of a file, in the order of these parts of it. */
    static <R> List<Column<R>> all(List<List<Column<R>>> parts) {
        return parts.stream().flatMap(List::stream).toList();
    }
}
