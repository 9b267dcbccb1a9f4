package io.weir.metering.simulation;

import io.weir.metering.intake.OutcomeCounts;
import io.weir.metering.intake.PartitionState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** One partition of {@code usage-events}: its log, and what the line has committed of it. */
final class Partition {

    private static final String STATE = "partition";
    private static final Bytes INTAKE = Bytes.wrap(new byte[] {'i', 'n', 't', 'a', 'k', 'e'});

    final int number;
    final List<Arrival> log = new ArrayList<>();
    final Map<String, NavigableMap<Bytes, byte[]>> stores = new HashMap<>();

    /** What became of each record, by offset. */
    final NavigableMap<Long, String> outcomes = new TreeMap<>();

    /** How many records are done with. */
    long offset;

    /** How many owners there were; only the last may commit. */
    int generation;

    Partition(int number) {
        this.number = number;
    }

    NavigableMap<Bytes, byte[]> store(String name) {
        return stores.computeIfAbsent(name, unknown -> new TreeMap<>());
    }

    /** What the committed state says of outcomes; null before the first commit. */
    @Nullable
    OutcomeCounts counts() {
        byte[] stored = store(STATE).get(INTAKE);
        return stored == null ? null : PartitionState.restored(stored).counts();
    }

    /** Whether the committed state counts as many records as the committed offset says (rules.md §3). */
    boolean isConserved() {
        OutcomeCounts counts = counts();
        return (counts == null ? 0 : counts.records()) == offset;
    }

    /** The committed state forgets the clock, and with it what it counted. */
    void forgetClock() {
        store(STATE).remove(INTAKE);
    }
}
