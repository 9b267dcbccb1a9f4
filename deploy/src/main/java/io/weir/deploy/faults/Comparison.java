package io.weir.deploy.faults;

import io.weir.deploy.console.Failure;
import io.weir.deploy.result.Reading;
import io.weir.deploy.result.Result;
import java.util.ArrayList;
import java.util.List;

/**
 * What differs between a disturbed run and what must be: the same net bill and outcomes as an undisturbed run with one partition,
 * the same lines as an undisturbed run with as many partitions, a ledger that agrees with the topic, and sound lines.
 *
 * @param netReference an undisturbed run with any number of partitions: bill and outcomes do not depend on it
 * @param lineReference an undisturbed run with the same number of partitions, by which corrections fall into hours
 */
record Comparison(Result netReference, Result lineReference) {

    /** All differences in words, the row of each; none if all is well. */
    List<String> differences(Reading reading) {
        Result result = reading.result();
        List<String> differences = new ArrayList<>();
        differences.addAll(rows("bill", netReference.bill(), result.bill()));
        differences.addAll(rows("outcomes", netReference.outcomes(), result.outcomes()));
        differences.addAll(rows("lines", lineReference.lines(), result.lines()));
        differences.addAll(LineChains.faultsOf(reading.lines().lines()));
        differences.addAll(disagreement(reading));
        return differences;
    }

    /** Rows that only one of two tables has; a row that stands twice in one must stand twice in the other. */
    static List<String> rows(String table, List<List<String>> expected, List<List<String>> found) {
        List<String> differences = new ArrayList<>();
        without(expected, found).forEach(row -> differences.add(table + ": missing " + String.join(",", row)));
        without(found, expected).forEach(row -> differences.add(table + ": too much " + String.join(",", row)));
        if (differences.isEmpty() && !expected.equals(found)) {
            differences.add(table + ": the same rows in another order");
        }
        return differences;
    }

    private static List<List<String>> without(List<List<String>> rows, List<List<String>> others) {
        if (rows.equals(others)) {
            return List.of();
        }
        List<List<String>> rest = new ArrayList<>(rows);
        others.forEach(rest::remove);
        return rest;
    }

    /** Where ledger and topic differ, in words; empty if they do not. */
    static List<String> disagreement(Reading reading) {
        try {
            reading.requireAgreement();
            return List.of();
        } catch (Failure disagree) {
            return List.of("ledger and topic: " + disagree.getMessage());
        }
    }
}
