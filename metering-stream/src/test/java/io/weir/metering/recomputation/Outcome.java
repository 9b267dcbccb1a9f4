package io.weir.metering.recomputation;

/** What became of a record (rules.md §3); the reason is empty unless it was rejected. */
public record Outcome(String name, String reason) {

    static final Outcome HEARTBEAT = new Outcome("HEARTBEAT", "");
    static final Outcome DUPLICATE = new Outcome("DUPLICATE", "");
    static final Outcome ACCEPTED = new Outcome("ACCEPTED", "");

    static Outcome rejected(String reason) {
        return new Outcome("REJECTED", reason);
    }
}
