package io.weir.deploy.result;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The first rows that only one of two tables has. */
public final class Difference {

    private static final int ROWS_SHOWN = 5;

    private Difference() {}

    /** The first rows that only one of them has, each with the name of its table; one row a line. */
    public static <R> String between(String oneName, List<R> one, String otherName, List<R> other) {
        List<String> shown = new ArrayList<>();
        shown.addAll(onlyIn(oneName, one, new LinkedHashSet<>(other)));
        shown.addAll(onlyIn(otherName, other, new LinkedHashSet<>(one)));
        return shown.isEmpty() ? "  the same rows in another order or number" : String.join("\n", shown);
    }

    private static <R> List<String> onlyIn(String name, List<R> rows, Set<R> others) {
        List<R> only = rows.stream().filter(row -> !others.contains(row)).toList();
        List<String> shown = new ArrayList<>();
        only.stream().limit(ROWS_SHOWN).forEach(row -> shown.add("  only in " + name + ": " + row));
        if (only.size() > ROWS_SHOWN) {
            shown.add("  only in %s: … and %,d more".formatted(name, only.size() - ROWS_SHOWN));
        }
        return shown;
    }
}
