package io.weir.metering.intake;

/** What became of a record: each has exactly one outcome (rules.md §3). */
public enum Outcome {
    /** A null value, which only moves the clock. */
    HEARTBEAT,
    /** Refused for a reason, to {@code rejected-usage}. */
    REJECTED,
    /** Written to the partition where it belongs, and judged there. */
    REROUTED,
    /** Accepted before. */
    DUPLICATE,
    /** Counted. */
    ACCEPTED
}
