package io.weir.metering;

import io.weir.metering.intake.OutcomeCounts;
import io.weir.metering.intake.PartitionState;
import java.math.BigInteger;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** What the tasks of this instance last reported of their partitions, for whoever watches. */
final class PartitionReports {

    private final Map<Integer, Report> byPartition = new ConcurrentSkipListMap<>();

    /**
     * The state of one partition.
     *
     * @param clockMillis the partition's clock, milliseconds UTC
     * @param counts how many records had which outcome
     * @param missing how many numbers of its sources are missing, as last reported
     */
    record Report(long clockMillis, OutcomeCounts counts, BigInteger missing) {}

    void report(int partition, PartitionState state, BigInteger missing) {
        byPartition.put(partition, new Report(state.clockMillis(), state.counts(), missing));
    }

    /** The task of this partition has left the instance. */
    void gone(int partition) {
        byPartition.remove(partition);
    }

    /** The last report of each partition of this instance. */
    SortedMap<Integer, Report> all() {
        return new TreeMap<>(byPartition);
    }
}
