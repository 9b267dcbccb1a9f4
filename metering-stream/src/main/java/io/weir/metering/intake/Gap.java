package io.weir.metering.intake;

import io.weir.metering.state.StateKey;
import io.weir.metering.state.StateReader;
import io.weir.metering.state.StateWriter;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What was last reported of one source with gaps, and when it is looked at again. How many numbers are missing and which is the
 * highest of them tell whether a report would differ: numbers that come to be missing lie above all that were, and without
 * them the missing numbers only become fewer.
 */
final class Gap implements Comparable<Gap> {

    private static final int VERSION = 1;

    final String workspaceId;
    final String source;
    /** The source, while it is on the heap. */
    @Nullable
    Source live;
    /** The full hour up to which the source was looked at, milliseconds UTC. */
    long lookedAtMillis;
    /** When it is looked at again, milliseconds UTC. */
    long dueMillis;
    /** How many numbers were missing, as last reported. */
    long numbers;

    private long last = -1;

    Gap(String workspaceId, String source) {
        this.workspaceId = workspaceId;
        this.source = source;
    }

    boolean differsFrom(MissingNumbers missing) {
        return missing.numbers() != numbers || missing.last() != last;
    }

    void reported(MissingNumbers missing) {
        numbers = missing.numbers();
        last = missing.last();
    }

    static Bytes key(String workspaceId, String source) {
        return StateKey.of(workspaceId).then(source).first();
    }

    Bytes key() {
        return key(workspaceId, source);
    }

    static Gap restored(byte[] stored) {
        StateReader in = new StateReader(stored, VERSION);
        Gap gap = new Gap(in.text(), in.text());
        gap.lookedAtMillis = in.number();
        gap.dueMillis = in.number();
        gap.numbers = in.number();
        gap.last = in.number();
        return gap;
    }

    byte[] stored() {
        return new StateWriter(VERSION)
                .text(workspaceId)
                .text(source)
                .number(lookedAtMillis)
                .number(dueMillis)
                .number(numbers)
                .number(last)
                .bytes();
    }

    /** What is due first comes first. */
    @Override
    public int compareTo(Gap other) {
        int byDue = Long.compare(dueMillis, other.dueMillis);
        int byWorkspace = byDue != 0 ? byDue : workspaceId.compareTo(other.workspaceId);
        return byWorkspace != 0 ? byWorkspace : source.compareTo(other.source);
    }
}
