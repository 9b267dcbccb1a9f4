package io.weir.metering.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.metering.state.StateKey;
import io.weir.metering.state.StateReader;
import io.weir.metering.state.StateWriter;
import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** One start of one producer, as one workspace knows it: the numbers it was accepted with (rules.md §4). */
final class Source extends ByteTable.Entry {

    /** A copy of an event that is older than this is refused as too old: so long must an identity be remembered. */
    static final Duration REMEMBERED = Checks.LARGEST_AGE.plus(Checks.SKEW);

    static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

    /** Version 2 added the hour and the highest number before it. */
    private static final int VERSION = 2;

    private static final int RUNS_PER_ENTRY = 8_192;

    final Identity identity;
    private final String workspaceId;
    private final String source;
    private final SequenceSet accepted = new SequenceSet();
    private long lastIngestMillis = Long.MIN_VALUE;
    private long nextHourMillis = Long.MIN_VALUE;
    private long highestBeforeHour = -1;
    private int storedEntries;
    private boolean changed;
    private @Nullable Gap gap;

    Source(String workspaceId, String source) {
        super(source.getBytes(UTF_8));
        identity = new Identity(workspaceId, source);
        this.workspaceId = workspaceId;
        this.source = source;
    }

    /** The workspace. */
    String workspaceId() {
        return workspaceId;
    }

    /** The source's name. */
    String source() {
        return source;
    }

    /** What is reported of its gaps; null as long as it had none. */
    @Nullable
    Gap gap() {
        return gap;
    }

    void gap(@Nullable Gap gap) {
        this.gap = gap;
    }

    /** Whether an hour of the clock has begun since its last event, or it is forgotten: then {@link #turn} comes first. */
    boolean isTurnedBy(long clockMillis) {
        return clockMillis >= nextHourMillis || isForgotten(clockMillis);
    }

    /** Takes the hour of the clock in, and lets go of the numbers if the source is forgotten. */
    void turn(long clockMillis) {
        if (isForgotten(clockMillis)) {
            accepted.clear();
        }
        highestBeforeHour = accepted.highest();
        nextHourMillis = Math.floorDiv(clockMillis, HOUR_MILLIS) * HOUR_MILLIS + HOUR_MILLIS;
    }

    /** Takes the number in; false if it was accepted before. */
    boolean accept(long sequence, long ingestMillis) {
        if (!accepted.add(sequence)) {
            return false;
        }
        lastIngestMillis = Math.max(lastIngestMillis, ingestMillis);
        return true;
    }

    /** Whether the clock is past all that the source must be remembered for. */
    boolean isForgotten(long clockMillis) {
        return accepted.runs() > 0 && clockMillis > lastRememberedMillis();
    }

    /** The last instant of the clock at which the source is remembered, milliseconds UTC. */
    long lastRememberedMillis() {
        return lastIngestMillis + REMEMBERED.toMillis();
    }

    /** The full hour after that of its last event, milliseconds UTC. */
    long nextHourMillis() {
        return nextHourMillis;
    }

    /** Whether a number below the highest is missing. */
    boolean hasGaps() {
        return accepted.hasGaps();
    }

    /** What is missing below the highest number. */
    MissingNumbers missing() {
        return accepted.missingBelow(accepted.highest());
    }

    /** What is missing below the highest number that was accepted before the hour of the last event. */
    MissingNumbers missingBeforeHour() {
        return accepted.missingBelow(highestBeforeHour);
    }

    /** Marks the source for the next write-back; true if it was not marked yet. */
    boolean markChanged() {
        boolean first = !changed;
        changed = true;
        return first;
    }

    /** Writes the source in as many entries as its runs need: a producer that leaves many gaps makes many, not a large one. */
    void writeTo(KeyValueStore<Bytes, byte[]> store) {
        changed = false;
        int entries = Math.max(1, (accepted.runs() + RUNS_PER_ENTRY - 1) / RUNS_PER_ENTRY);
        for (int entry = 0; entry < entries; entry++) {
            StateWriter out = new StateWriter(VERSION).number(lastIngestMillis).number(entries);
            int from = entry * RUNS_PER_ENTRY;
            accepted.write(out, from, Math.min(accepted.runs(), from + RUNS_PER_ENTRY));
            store.put(
                    key(entry),
                    out.number(nextHourMillis).number(highestBeforeHour).bytes());
        }
        for (int entry = entries; entry < storedEntries; entry++) {
            store.delete(key(entry));
        }
        storedEntries = entries;
    }

    /** Fills a new source with what the store has of it, if anything. */
    void readFrom(KeyValueStore<Bytes, byte[]> store) {
        long entries = 1;
        for (int entry = 0; entry < entries; entry++) {
            byte[] stored = store.get(key(entry));
            if (stored != null) {
                StateReader in = new StateReader(stored, VERSION);
                lastIngestMillis = in.number();
                entries = in.number();
                storedEntries = (int) entries;
                accepted.read(in);
                if (in.hasMore()) {
                    nextHourMillis = in.number();
                    highestBeforeHour = in.number();
                }
            }
        }
    }

    /** Whether a stored entry is of a source that is forgotten at this clock. */
    static boolean isForgotten(byte[] stored, long clockMillis) {
        return clockMillis > new StateReader(stored, VERSION).number() + REMEMBERED.toMillis();
    }

    private Bytes key(int entry) {
        return StateKey.of(workspaceId).then(source).then(entry).first();
    }
}
