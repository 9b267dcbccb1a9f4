package io.weir.metering.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.metering.state.StateKey;
import io.weir.metering.state.StateReader;
import io.weir.metering.state.StateWriter;
import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;

/** One start of one producer, as one workspace knows it: the numbers it was accepted with (rules.md §4). */
final class Source extends ByteTable.Entry {

    /** A copy of an event that is older than this is refused as too old: so long must an identity be remembered. */
    static final Duration REMEMBERED = Checks.LARGEST_AGE.plus(Checks.SKEW);

    private static final int VERSION = 1;

    final Identity identity;
    final Bytes key;
    private final SequenceSet accepted = new SequenceSet();
    private long lastIngestMillis = Long.MIN_VALUE;
    private boolean changed;

    Source(String workspaceId, String source) {
        super(source.getBytes(UTF_8));
        identity = new Identity(workspaceId, source);
        key = StateKey.of(workspaceId).then(source).first();
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

    byte[] stored() {
        changed = false;
        StateWriter out = new StateWriter(VERSION).number(lastIngestMillis);
        accepted.write(out);
        return out.bytes();
    }

    void restore(byte[] stored) {
        StateReader in = new StateReader(stored, VERSION);
        lastIngestMillis = in.number();
        accepted.read(in);
    }
}
