package io.weir.deploy.watch;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What became of a record (rules.md §3).
 *
 * @param outcome as in the table of the rules, e.g. {@code ACCEPTED}
 * @param reason why it was rejected; empty for other outcomes
 */
public record Outcome(String outcome, String reason) implements Comparable<Outcome> {

    /** The clock was moved and nothing else. */
    public static final Outcome HEARTBEAT = new Outcome("HEARTBEAT", "");

    private static final Comparator<Outcome> AS_TEXT =
            Comparator.comparing(Outcome::outcome).thenComparing(Outcome::reason);

    /** The outcome that labels of a metric name, such as {@code outcome="REJECTED",reason="FUTURE"}. */
    static Outcome labelled(String labels) {
        return new Outcome(label("outcome", labels), label("reason", labels));
    }

    private static String label(String name, String labels) {
        Matcher found = Pattern.compile("(?:^|,)" + name + "=\"([^\"]*)\"").matcher(labels);
        return found.find() ? found.group(1) : "";
    }

    @Override
    public int compareTo(Outcome other) {
        return AS_TEXT.compare(this, other);
    }
}
