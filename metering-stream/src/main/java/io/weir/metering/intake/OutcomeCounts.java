package io.weir.metering.intake;

import io.weir.metering.state.StateReader;
import io.weir.metering.state.StateWriter;
import io.weir.usage.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** How many records had which outcome, and for which reason the rejected ones were refused (rules.md §3). */
public final class OutcomeCounts {

    private final Map<Outcome, long[]> byOutcome = new EnumMap<>(Outcome.class);
    private final Map<Reason, long[]> byReason = new EnumMap<>(Reason.class);

    OutcomeCounts() {
        for (Outcome outcome : Outcome.values()) {
            byOutcome.put(outcome, new long[1]);
        }
        for (Reason reason : Reason.values()) {
            byReason.put(reason, new long[1]);
        }
    }

    void count(Outcome outcome) {
        cell(byOutcome, outcome)[0]++;
    }

    void countRejected(Reason reason) {
        count(Outcome.REJECTED);
        cell(byReason, reason)[0]++;
    }

    /** Number of records with this outcome. */
    public long of(Outcome outcome) {
        return cell(byOutcome, outcome)[0];
    }

    /** Number of records refused for this reason. */
    public long of(Reason reason) {
        return cell(byReason, reason)[0];
    }

    /** Number of all records. */
    public long records() {
        return byOutcome.values().stream().mapToLong(count -> count[0]).sum();
    }

    OutcomeCounts copy() {
        OutcomeCounts copy = new OutcomeCounts();
        byOutcome.forEach((outcome, count) -> copy.byOutcome.put(outcome, count.clone()));
        byReason.forEach((reason, count) -> copy.byReason.put(reason, count.clone()));
        return copy;
    }

    private static <K> long[] cell(Map<K, long[]> counts, K key) {
        return Objects.requireNonNull(counts.get(key));
    }

    /** Appends the counts by name, so that outcomes and reasons may be added later. */
    void write(StateWriter out) {
        out.number(byOutcome.size());
        for (Outcome outcome : Outcome.values()) {
            out.text(outcome.name()).number(of(outcome));
        }
        out.number(byReason.size());
        for (Reason reason : Reason.values()) {
            out.text(reason.name()).number(of(reason));
        }
    }

    void read(StateReader in) {
        for (long left = in.number(); left > 0; left--) {
            cell(byOutcome, Outcome.valueOf(in.text()))[0] = in.number();
        }
        for (long left = in.number(); left > 0; left--) {
            cell(byReason, Reason.valueOf(in.text()))[0] = in.number();
        }
    }
}
