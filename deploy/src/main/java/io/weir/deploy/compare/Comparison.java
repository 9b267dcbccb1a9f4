package io.weir.deploy.compare;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Two bills, row by row. There is no tolerance: a cent is a difference, and so is a quantity that costs nothing. */
final class Comparison {

    private final List<Unequal> unequal = new ArrayList<>();
    private final SortedMap<String, Total> currencies = new TreeMap<>();
    private final SortedMap<String, Total> items = new TreeMap<>();
    private long equal;

    private Comparison() {}

    static Comparison of(Bill a, Bill b) {
        Comparison comparison = new Comparison();
        TreeSet<RowKey> keys = new TreeSet<>(a.rows().keySet());
        keys.addAll(b.rows().keySet());
        keys.forEach(key -> comparison.add(key, a.rows().get(key), b.rows().get(key)));
        return comparison;
    }

    private void add(RowKey key, @Nullable Charged a, @Nullable Charged b) {
        if (a != null && b != null && a.isSameAs(b)) {
            equal++;
        } else {
            unequal.add(new Unequal(key, a, b));
        }
        sum(currencies, a, b, Charged::currency);
        sum(items, a, b, side -> key.item() + " " + side.currency());
    }

    private static void sum(
            SortedMap<String, Total> totals, @Nullable Charged a, @Nullable Charged b, Function<Charged, String> name) {
        if (a != null) {
            totals.merge(name.apply(a), new Total(a.amount(), BigDecimal.ZERO), Total::plus);
        }
        if (b != null) {
            totals.merge(name.apply(b), new Total(BigDecimal.ZERO, b.amount()), Total::plus);
        }
    }

    /** How many rows are alike. */
    long equal() {
        return equal;
    }

    /** The rows that are not alike, in the order of {@code bill.csv}. */
    List<Unequal> unequal() {
        return unequal;
    }

    /** How many rows are unequal in this way. */
    long count(String kind) {
        return unequal.stream().filter(row -> row.kind().equals(kind)).count();
    }

    /** What both bills come to, by currency. */
    SortedMap<String, Total> currencies() {
        return currencies;
    }

    /** What both bills come to, by item and currency, such as {@code log CNY}. */
    SortedMap<String, Total> items() {
        return items;
    }
}
