package io.weir.metering.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.metering.state.StateKey;
import io.weir.metering.state.StateReader;
import io.weir.metering.state.StateWriter;
import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** One start of one producer, as one workspace knows it: the numbers it was accepted with (rules.md §4). */
final class Source extends ByteTable.Entry {

    /** A copy of an event that is older than this is refused as too old: so long must an identity be remembered. */
    static final Duration REMEMBERED = Checks.LARGEST_AGE.plus(Checks.SKEW);

    private static final int VERSION = 1;

    private static final int RUNS_PER_ENTRY = 8_192;

    final Identity identity;
    private final String workspaceId;
    private final String source;
    private final SequenceSet accepted = new SequenceSet();
    private long lastIngestMillis = Long.MIN_VALUE;
    private boolean changed;

    Source(String workspaceId, String source) {
        super(source.getBytes(UTF_8));
        identity = new Identity(workspaceId, source);
        this.workspaceId = workspaceId;
        this.source = source;
    }

    /** Takes the number in; false if it was accepted before. */
    boolean accept(long sequence, long ingestMillis, long clockMillis) {
        if (isForgotten(clockMillis)) {
            accepted.clear();
        }
        if (!accepted.add(sequence)) {
            return false;
        }
        lastIngestMillis = Math.max(lastIngestMillis, ingestMillis);
        return true;
    }

    private boolean isForgotten(long clockMillis) {
        return accepted.runs() > 0 && clockMillis > lastIngestMillis + REMEMBERED.toMillis();
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
            store.put(key(entry), out.bytes());
        }
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
                accepted.read(in);
            }
        }
    }

    private Bytes key(int entry) {
        return StateKey.of(workspaceId).then(source).then(entry).first();
    }
}
