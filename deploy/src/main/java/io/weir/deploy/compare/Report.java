package io.weir.deploy.compare;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** A comparison as a person reads it: how many rows, what they come to, and the first that differ. */
final class Report {

    private static final int ROWS_SHOWN = 20;

    private final PrintWriter out;

    Report(PrintWriter out) {
        this.out = out;
    }

    void print(Comparison comparison) {
        rows("equal", comparison.equal());
        for (String kind : List.of("different", "only in A", "only in B")) {
            rows(kind, comparison.count(kind));
        }
        totals("Totals", comparison.currencies(), true);
        totals("Items that differ", comparison.items(), false);
        unequal(comparison.unequal());
        out.println();
        out.println(comparison.unequal().isEmpty() ? "The bills are equal." : "The bills DIFFER.");
        out.flush();
    }

    private void rows(String kind, long count) {
        out.printf("%-24s %,12d rows%n", kind, count);
    }

    private void totals(String title, SortedMap<String, Total> totals, boolean all) {
        List<Map.Entry<String, Total>> shown = totals.entrySet().stream()
                .filter(total -> all || total.getValue().difference().signum() != 0)
                .toList();
        if (shown.isEmpty()) {
            return;
        }
        out.println();
        out.printf("%-24s %16s %16s %16s%n", title, "A", "B", "B - A");
        shown.forEach(total -> out.printf(
                "%-24s %16s %16s %16s%n",
                total.getKey(),
                money(total.getValue().a()),
                money(total.getValue().b()),
                money(total.getValue().difference())));
    }

    private static String money(BigDecimal amount) {
        return "%,.2f".formatted(amount);
    }

    private void unequal(List<Unequal> rows) {
        if (rows.isEmpty()) {
            return;
        }
        out.println();
        rows.stream().limit(ROWS_SHOWN).forEach(row -> out.println("  " + row.inWords()));
        if (rows.size() > ROWS_SHOWN) {
            out.printf("  … and %,d more; --out FILE writes all of them%n", rows.size() - ROWS_SHOWN);
        }
    }
}
