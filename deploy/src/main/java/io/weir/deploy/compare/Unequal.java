package io.weir.deploy.compare;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row that the two bills do not have alike.
 *
 * @param key what it is about
 * @param a what the first bill charges; null if it has no such row
 * @param b what the second one charges; null if it has no such row
 */
record Unequal(RowKey key, @Nullable Charged a, @Nullable Charged b) {

    /** The columns that {@link #columns} fills. */
    static final List<String> HEADER = List.of(
            "difference",
            "day",
            "account_id",
            "workspace_id",
            "resource",
            "item",
            "retention_days",
            "quantity_a",
            "amount_a",
            "currency_a",
            "quantity_b",
            "amount_b",
            "currency_b");

    /** In which way they differ. */
    String kind() {
        if (a == null) {
            return "only in B";
        }
        return b == null ? "only in A" : "different";
    }

    /** As a row of a table. */
    List<String> columns() {
        List<String> columns = new ArrayList<>(List.of(kind()));
        columns.addAll(key.columns());
        columns.addAll(columns(a));
        columns.addAll(columns(b));
        return columns;
    }

    private static List<String> columns(@Nullable Charged side) {
        return side == null ? List.of("", "", "") : List.of(side.quantityText(), side.amountText(), side.currency());
    }

    /** As a person reads it. */
    String inWords() {
        return kind() + ": " + key.inWords() + (a == null ? "" : inWords(" A", a))
                + (b == null ? "" : inWords(" B", b));
    }

    private static String inWords(String name, Charged side) {
        return "%s: %s = %s %s".formatted(name, side.quantityText(), side.currency(), side.amountText());
    }
}
