package io.weir.deploy.audit;

import io.weir.usage.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The outcomes of a partition's records as they were found again, to be held against what the stream counted (rules.md §3). */
final class Outcomes {

    static final String HEARTBEAT = "HEARTBEAT";
    static final String REJECTED = "REJECTED";
    static final String REROUTED = "REROUTED";
    static final String DUPLICATE = "DUPLICATE";
    static final String ACCEPTED = "ACCEPTED";
    /** No outcome: had to be refused and was not. */
    static final String LOST = "LOST";

    private static final List<String> ALL = List.of(HEARTBEAT, REJECTED, REROUTED, DUPLICATE, ACCEPTED);

    private final Map<String, Long> found = new HashMap<>();
    private long counted;
    private long end;
    private long beforePosition;
    private long beforeLaterPosition;

    /** A record at this offset is met. */
    void pass(long offset, StreamState state) {
        beforePosition += offset < state.positionBefore() ? 1 : 0;
        beforeLaterPosition += offset < state.positionAfter() ? 1 : 0;
    }

    /** A record that the stream has counted had this outcome. */
    void count(long offset, String outcome) {
        counted++;
        end = offset + 1;
        found.merge(outcome, 1L, Long::sum);
    }

    /** Number of records that were counted. */
    long records() {
        return counted;
    }

    /** Number of records with this outcome. */
    long of(String outcome) {
        return found.getOrDefault(outcome, 0L);
    }

    /** Whether the stream counted the same, at the offset that it has committed. */
    void compare(StreamState state, Refusals refusals, Check check) {
        String where = "usage-events partition " + state.partition();
        long records = state.counts().records();
        if (records < beforePosition || records > beforeLaterPosition) {
            check.violation(
                    "%s: %,d records are counted, but %,d to %,d lie before the committed offset",
                    where, records, beforePosition, beforeLaterPosition);
        }
        for (String outcome : ALL) {
            check.requireEqual(
                    where + ", " + outcome, of(outcome), "found", state.counts().of(outcome), "counted by the stream");
        }
        requireReasons(where, state, refusals, check);
        check.requireEqual(
                where + ", refusals",
                of(REJECTED),
                "records that were refused",
                refusals.before(state.partition(), end),
                "on rejected-usage");
    }

    private void requireReasons(String where, StreamState state, Refusals refusals, Check check) {
        for (Reason reason : Reason.values()) {
            check.requireEqual(
                    where + ", REJECTED " + reason,
                    refusals.before(state.partition(), reason, end),
                    "on rejected-usage",
                    state.counts().byReason().getOrDefault(reason, 0L),
                    "counted by the stream");
        }
    }
}
