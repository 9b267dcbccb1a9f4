package io.weir.deploy.audit;

import java.util.ArrayList;
import java.util.List;

/** One thing that must hold, what was looked at, and where it does not hold. Of many violations the first are kept. */
final class Check {

    private static final int KEPT = 20;

    private final String title;
    private final List<String> remarks = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private long violationCount;

    /** A check that holds until somebody says otherwise. */
    Check(String title) {
        this.title = title;
    }

    /** Says what was looked at, or what could not be. */
    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one library more
    void remark(String text, Object... values) {
        remarks.add(text.formatted(values));
    }

    /** Says where it does not hold. */
    @SuppressWarnings("AnnotateFormatMethod")
    void violation(String text, Object... values) {
        violationCount++;
        if (violations.size() < KEPT) {
            violations.add(text.formatted(values));
        }
    }

    /** Says so if two figures that must be equal are not. */
    void requireEqual(String what, long one, String oneName, long other, String otherName) {
        if (one != other) {
            violation("%s: %,d %s, but %,d %s", what, one, oneName, other, otherName);
        }
    }

    boolean holds() {
        return violationCount == 0;
    }

    String title() {
        return title;
    }

    List<String> remarks() {
        return List.copyOf(remarks);
    }

    /** The first violations. */
    List<String> violations() {
        return List.copyOf(violations);
    }

    long violationCount() {
        return violationCount;
    }
}
