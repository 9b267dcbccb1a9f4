package io.weir.metering.intake;

import io.weir.metering.state.StateReader;
import io.weir.metering.state.StateWriter;
import io.weir.usage.Reason;

/**
 * What is known of a partition of {@code usage-events} as a whole: its clock, how many partitions there are, and how many
 * records had which outcome.
 *
 * <p>The clock is the largest ingest time read so far, in milliseconds UTC; it never moves back, neither by a restart nor by
 * a broker's clock (rules.md §2). At every commit the counts add up to the number of records read (rules.md §3).
 */
public final class PartitionState {

    private static final int VERSION = 1;

    private final int partitions;
    private final OutcomeCounts counts = new OutcomeCounts();
    private long clockMillis = Long.MIN_VALUE;

    /** A partition from which nothing was read yet. */
    public PartitionState(int partitions) {
        this.partitions = partitions;
    }

    /** The state that {@link #stored()} gave. */
    public static PartitionState restored(byte[] stored) {
        StateReader in = new StateReader(stored, VERSION);
        PartitionState state = new PartitionState((int) in.number());
        state.clockMillis = in.number();
        state.counts.read(in);
        return state;
    }

    /** This state as bytes. */
    public byte[] stored() {
        StateWriter out = new StateWriter(VERSION).number(partitions).number(clockMillis);
        counts.write(out);
        return out.bytes();
    }

    /** A record with this ingest time was read. */
    public void advanceClock(long ingestMillis) {
        clockMillis = Math.max(clockMillis, ingestMillis);
    }

    /** The partition's clock, milliseconds UTC. */
    public long clockMillis() {
        return clockMillis;
    }

    /** Number of partitions of {@code usage-events}, fixed for life. */
    public int partitions() {
        return partitions;
    }

    /** One more record had this outcome, which is not a rejection. */
    public void count(Outcome outcome) {
        counts.count(outcome);
    }

    /** One more record was refused for this reason. */
    public void countRejected(Reason reason) {
        counts.countRejected(reason);
    }

    /** How many records had which outcome so far. */
    public OutcomeCounts counts() {
        return counts.copy();
    }
}
