package io.weir.metering;

import io.weir.metering.intake.OutcomeCounts;
import io.weir.metering.intake.PartitionState;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** What the tasks of this instance last reported of their partitions, for whoever watches. */
final class PartitionReports {

    private final Map<Integer, Report> byPartition = new ConcurrentSkipListMap<>();
    private final Map<Integer, Days> daysByPartition = new ConcurrentSkipListMap<>();

    /**
     * The state of one partition.
     *
     * @param clockMillis the partition's clock, milliseconds UTC
     * @param counts how many records had which outcome
     * @param missing how many numbers of its sources are missing, as last reported
     */
    record Report(long clockMillis, OutcomeCounts counts, BigInteger missing) {}

    /**
     * The days of one partition.
     *
     * @param held days of workspaces of which a part waits for a price or an account
     * @param changesTooLate changes of the control log, since this task started, that date back to days no longer kept
     */
    record Days(long held, long changesTooLate) {}

    void report(int partition, PartitionState state, BigInteger missing) {
        byPartition.put(partition, new Report(state.clockMillis(), state.counts(), missing));
    }

    void report(int partition, Days days) {
        daysByPartition.put(partition, days);
    }

    /** The task of this partition has left the instance. */
    void gone(int partition) {
        byPartition.remove(partition);
        daysByPartition.remove(partition);
    }

    /** The days of a partition of this instance as last reported. */
    Optional<Days> days(int partition) {
        return Optional.ofNullable(daysByPartition.get(partition));
    }

    /** The last report of each partition of this instance. */
    SortedMap<Integer, Report> all() {
        return new TreeMap<>(byPartition);
    }
}
