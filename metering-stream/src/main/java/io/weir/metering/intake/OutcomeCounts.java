package io.weir.metering.intake;

import io.weir.metering.state.StateReader;
import io.weir.metering.state.StateWriter;
import io.weir.usage.Reason;

/** How many records had which outcome, and for which reason the rejected ones were refused (rules.md §3). */
public final class OutcomeCounts {

    private final long[] byOutcome = new long[Outcome.values().length];
    private final long[] byReason = new long[Reason.values().length];

    void count(Outcome outcome) {
        byOutcome[outcome.ordinal()]++;
    }

    void countRejected(Reason reason) {
        byOutcome[Outcome.REJECTED.ordinal()]++;
        byReason[reason.ordinal()]++;
    }

    /** Number of records with this outcome. */
    public long of(Outcome outcome) {
        return byOutcome[outcome.ordinal()];
    }

    /** Number of records refused for this reason. */
    public long of(Reason reason) {
        return byReason[reason.ordinal()];
    }

    /** Number of all records. */
    public long records() {
        return java.util.Arrays.stream(byOutcome).sum();
    }

    OutcomeCounts copy() {
        OutcomeCounts copy = new OutcomeCounts();
        System.arraycopy(byOutcome, 0, copy.byOutcome, 0, byOutcome.length);
        System.arraycopy(byReason, 0, copy.byReason, 0, byReason.length);
        return copy;
    }

    /** Appends the counts by name, so that outcomes and reasons may be added later. */
    void write(StateWriter out) {
        out.number(byOutcome.length);
        for (Outcome outcome : Outcome.values()) {
            out.text(outcome.name()).number(of(outcome));
        }
        out.number(byReason.length);
        for (Reason reason : Reason.values()) {
            out.text(reason.name()).number(of(reason));
        }
    }

    void read(StateReader in) {
        for (long left = in.number(); left > 0; left--) {
            byOutcome[Outcome.valueOf(in.text()).ordinal()] = in.number();
        }
        for (long left = in.number(); left > 0; left--) {
            byReason[Reason.valueOf(in.text()).ordinal()] = in.number();
        }
    }
}
