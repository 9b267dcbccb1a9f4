package io.weir.metering.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.metering.state.StateKey;
import io.weir.metering.state.StateReader;
import io.weir.metering.state.StateWriter;
import io.weir.usage.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What a rebuilt stream must know of its partition's past while it reads usage a second time (rules.md §7): what was issued
 * already is not issued again, and what was refused then is refused now. It is written into the state before the first start
 * and deleted once the stream has caught up.
 */
public final class CatchUp {

    /** Its name as a key. */
    public static final String NAME = "rebuild";

    /** Its place in the store {@code partition}, by which a start knows it; further entries begin with the same name. */
    public static final Bytes KEY = Bytes.wrap(NAME.getBytes(UTF_8));

    /** The clock of a partition of which the old stream has reported nothing. */
    public static final long NOTHING_REPORTED = Long.MIN_VALUE;

    private static final int VERSION = 1;
    private static final int RUNS_PER_ENTRY = 8_192;

    private final long untilOffset;
    private final long processedTo;
    private final long reportedMillis;
    private final Map<Reason, SequenceSet> refused = new EnumMap<>(Reason.class);

    /**
     * A past in which nothing was refused.
     *
     * @param untilOffset the stream has caught up when it meets a record at this offset or behind it
     * @param processedTo records before this offset were processed for certain, and so their copies on other partitions are
     *     written; 0 if that is not known
     * @param reportedMillis up to this clock, milliseconds UTC, the old stream has issued all that was due;
     *     {@link #NOTHING_REPORTED} if it has not said so of any
     */
    public CatchUp(long untilOffset, long processedTo, long reportedMillis) {
        this.untilOffset = untilOffset;
        this.processedTo = processedTo;
        this.reportedMillis = reportedMillis;
    }

    /** The record at this offset was refused for this reason. */
    public void addRefused(long offset, Reason reason) {
        refused.computeIfAbsent(reason, any -> new SequenceSet()).add(offset);
    }

    /** Why the record at this offset was refused then; null if it was not. */
    public @Nullable Reason refusedAt(long offset) {
        for (Map.Entry<Reason, SequenceSet> offsets : refused.entrySet()) {
            if (offsets.getValue().contains(offset)) {
                return offsets.getKey();
            }
        }
        return null;
    }

    /** Whether the stream has caught up when it meets this offset. */
    public boolean endsAt(long offset) {
        return offset >= untilOffset;
    }

    /** Whether the old stream has processed the record at this offset for certain. */
    public boolean wasProcessed(long offset) {
        return offset < processedTo;
    }

    /** Up to this clock the old stream has issued all that was due, milliseconds UTC. */
    public long reportedMillis() {
        return reportedMillis;
    }

    /** All entries, as the store {@code partition} has them. */
    public SortedMap<Bytes, byte[]> stored() {
        SortedMap<Bytes, byte[]> entries = new TreeMap<>();
        refused.forEach((reason, offsets) -> store(reason, offsets, entries));
        StateWriter head = new StateWriter(VERSION)
                .number(untilOffset)
                .number(processedTo)
                .number(reportedMillis)
                .number(entries.size());
        entries.put(KEY, head.bytes());
        return entries;
    }

    private static void store(Reason reason, SequenceSet offsets, Map<Bytes, byte[]> entries) {
        for (int from = 0; from < offsets.runs(); from += RUNS_PER_ENTRY) {
            StateWriter out = new StateWriter(VERSION).text(reason.name());
            offsets.write(out, from, Math.min(offsets.runs(), from + RUNS_PER_ENTRY));
            entries.put(key(entries.size()), out.bytes());
        }
    }

    /** What the store has; null if the stream was not rebuilt, or has caught up. */
    public static @Nullable CatchUp restored(KeyValueStore<Bytes, byte[]> store) {
        byte[] head = store.get(KEY);
        if (head == null) {
            return null;
        }
        StateReader in = new StateReader(head, VERSION);
        CatchUp catchUp = new CatchUp(in.number(), in.number(), in.number());
        long entries = in.number();
        for (int entry = 0; entry < entries; entry++) {
            catchUp.read(new StateReader(Objects.requireNonNull(store.get(key(entry))), VERSION));
        }
        return catchUp;
    }

    private void read(StateReader in) {
        refused.computeIfAbsent(Reason.valueOf(in.text()), any -> new SequenceSet())
                .read(in);
    }

    /** Deletes it from the store: the stream has caught up. */
    public void forget(KeyValueStore<Bytes, byte[]> store) {
        stored().keySet().forEach(store::delete);
    }

    private static Bytes key(int entry) {
        return StateKey.of(NAME).then(entry).first();
    }
}
