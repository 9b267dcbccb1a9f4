package io.weir.metering.intake;

import io.weir.metering.state.StateReader;
import io.weir.metering.state.StateWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Once a day of the clock, removes the sources and ids that are forgotten from their stores (rules.md §4). What is forgotten is
 * judged by the clock wherever it is met, so whether and when it is removed changes no outcome.
 */
public final class Sweep {

    private static final int VERSION = 1;
    private static final Bytes KEY = Bytes.wrap(new byte[] {'s', 'w', 'e', 'e', 'p'});
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final int ENTRIES_AT_ONCE = 500;

    private final KeyValueStore<Bytes, byte[]> partition;
    private final List<Part> parts;
    private long sweptDay = dayOf(Long.MIN_VALUE);
    private long day;
    private int part;
    private @Nullable Bytes reached;

    private record Part(KeyValueStore<Bytes, byte[]> store, Forgotten forgotten) {}

    private interface Forgotten {
        boolean at(byte[] stored, long clockMillis);
    }

    /**
     * @param partition remembers the day that was swept last
     * @param sources the store of {@link Sources}
     * @param seenIds the store of {@link SeenIds}
     */
    public Sweep(
            KeyValueStore<Bytes, byte[]> partition,
            KeyValueStore<Bytes, byte[]> sources,
            KeyValueStore<Bytes, byte[]> seenIds) {
        this.partition = partition;
        this.parts = List.of(new Part(sources, Source::isForgotten), new Part(seenIds, SeenIds::isForgotten));
        byte[] stored = partition.get(KEY);
        if (stored != null) {
            sweptDay = new StateReader(stored, VERSION).number();
        }
    }

    private static long dayOf(long clockMillis) {
        return Math.floorDiv(clockMillis, DAY_MILLIS);
    }

    /** Whether a day of the clock has begun that is not swept yet. */
    public boolean isDue(long clockMillis) {
        return dayOf(clockMillis) > sweptDay;
    }

    /** Goes on with a sweep that is due, until it or the slice is over; true if the sweep is. */
    public boolean goOn(long clockMillis, BooleanSupplier isOver) {
        if (part == 0 && reached == null) {
            day = dayOf(clockMillis);
        }
        while (part < parts.size() && !isOver.getAsBoolean()) {
            sweepSome(parts.get(part), clockMillis);
        }
        if (part < parts.size()) {
            return false;
        }
        part = 0;
        sweptDay = day;
        partition.put(KEY, new StateWriter(VERSION).number(sweptDay).bytes());
        return true;
    }

    private void sweepSome(Part of, long clockMillis) {
        List<Bytes> forgotten = new ArrayList<>();
        boolean more;
        try (KeyValueIterator<Bytes, byte[]> entries = of.store.range(reached, null)) {
            for (int left = ENTRIES_AT_ONCE; left > 0 && entries.hasNext(); left--) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                if (of.forgotten.at(entry.value, clockMillis)) {
                    forgotten.add(entry.key);
                }
            }
            more = entries.hasNext();
            reached = more ? entries.peekNextKey() : null;
        }
        forgotten.forEach(of.store::delete);
        if (!more) {
            part++;
        }
    }
}
