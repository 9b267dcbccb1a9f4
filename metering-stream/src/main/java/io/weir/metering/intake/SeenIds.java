package io.weir.metering.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.metering.state.StateKey;
import io.weir.metering.state.StateReader;
import io.weir.metering.state.StateWriter;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.codec.digest.MurmurHash3;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The memory of events that have no sequence: which ids were accepted, when, with which content (rules.md §4). An id is
 * remembered until the clock is more than 35 days and 5 minutes past the ingest of its accepted copy.
 */
public final class SeenIds {

    private static final int VERSION = 1;
    private static final int SEED = 0;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Map<Bytes, Seen> fresh = new HashMap<>();

    /** The memory in front of this store: workspace, hash of source and id → ingest, hash of the content. */
    public SeenIds(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** What is known of an event's identity. */
    enum Memory {
        NEW,
        SAME_CONTENT,
        OTHER_CONTENT
    }

    /** Recalls the event's id and, if it is new, takes it in. */
    Memory remember(KnownWorkspace workspace, Identity identity, UsageView usage, long ingestMillis, long clockMillis) {
        Bytes key = StateKey.of(workspace.id())
                .then(identity.high())
                .then(identity.low())
                .first();
        Seen now = Seen.of(usage, ingestMillis);
        Seen before = recall(key);
        if (before != null && before.isRemembered(clockMillis)) {
            return before.sameContent(now) ? Memory.SAME_CONTENT : Memory.OTHER_CONTENT;
        }
        fresh.put(key, now);
        return Memory.NEW;
    }

    private @Nullable Seen recall(Bytes key) {
        Seen seen = fresh.get(key);
        if (seen != null) {
            return seen;
        }
        byte[] stored = store.get(key);
        return stored == null ? null : Seen.restored(stored);
    }

    /** Writes what is new, inside the transaction. */
    public void writeBack() {
        fresh.forEach((key, seen) -> store.put(key, seen.stored()));
        fresh.clear();
    }

    /** Whether a stored id is forgotten at this clock. */
    static boolean isForgotten(byte[] stored, long clockMillis) {
        return !Seen.restored(stored).isRemembered(clockMillis);
    }

    /** An accepted event: its ingest time and a hash of occurred_at, resource and readings in any order. */
    private record Seen(long ingestMillis, long contentHigh, long contentLow) {

        static Seen of(UsageView usage, long ingestMillis) {
            byte[] head = (usage.occurredAtMillis + "\n" + usage.text(usage.resourceFrom, usage.resourceLength))
                    .getBytes(UTF_8);
            long[] hash = MurmurHash3.hash128x64(head, 0, head.length, SEED);
            long high = hash[0];
            long low = hash[1];
            for (int reading = 0; reading < usage.readings; reading++) {
                byte[] text = (usage.meter(reading) + "\n" + usage.quantity[reading]).getBytes(UTF_8);
                long[] readingHash = MurmurHash3.hash128x64(text, 0, text.length, SEED);
                high += readingHash[0]; // a sum, so that the order of the readings does not matter
                low += readingHash[1];
            }
            return new Seen(ingestMillis, high, low);
        }

        static Seen restored(byte[] stored) {
            StateReader in = new StateReader(stored, VERSION);
            return new Seen(in.number(), in.wide(), in.wide());
        }

        byte[] stored() {
            return new StateWriter(VERSION)
                    .number(ingestMillis)
                    .wide(contentHigh)
                    .wide(contentLow)
                    .bytes();
        }

        boolean isRemembered(long clockMillis) {
            return clockMillis <= ingestMillis + Source.REMEMBERED.toMillis();
        }

        boolean sameContent(Seen other) {
            return contentHigh == other.contentHigh && contentLow == other.contentLow;
        }
    }
}
