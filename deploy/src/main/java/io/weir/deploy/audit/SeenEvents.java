package io.weir.deploy.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.usage.UsageEvent;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Which events of a partition have been met, by their identity (rules.md §4): numbers as a set for each source, ids by the first
 * 128 bits of a SHA-256, so that millions of either fit into memory.
 */
final class SeenEvents {

    private static final int FIRST_CAPACITY = 1 << 10;

    private final Map<String, Map<String, Roaring64Bitmap>> numbers = new HashMap<>();
    /** Open addressing: each id takes two neighbours, of which the second is never 0. */
    private long[] ids = new long[2 * FIRST_CAPACITY];

    private int idCount;

    /** Remembers an event; false if one with its identity was met before. */
    boolean add(UsageEvent event) {
        return event.getSequence() == null ? addId(event) : addNumber(event, event.getSequence());
    }

    private boolean addNumber(UsageEvent event, long sequence) {
        Roaring64Bitmap met = numbers.computeIfAbsent(event.getWorkspaceId(), any -> new HashMap<>())
                .computeIfAbsent(event.getSource(), any -> new Roaring64Bitmap());
        if (met.contains(sequence)) {
            return false;
        }
        met.addLong(sequence);
        return true;
    }

    private boolean addId(UsageEvent event) {
        String identity = String.join("\n", event.getWorkspaceId(), event.getSource(), event.getEventId());
        ByteBuffer hash = ByteBuffer.wrap(DigestUtils.sha256(identity.getBytes(UTF_8)));
        boolean isNew = put(ids, hash.getLong(), hash.getLong() | 1);
        if (isNew && ++idCount > ids.length / 8 * 3) {
            grow();
        }
        return isNew;
    }

    private void grow() {
        long[] larger = new long[2 * ids.length];
        for (int place = 0; place < ids.length; place += 2) {
            if (ids[place + 1] != 0) {
                put(larger, ids[place], ids[place + 1]);
            }
        }
        ids = larger;
    }

    private static boolean put(long[] table, long first, long second) {
        int places = table.length / 2;
        int place = (int) Math.floorMod(first, (long) places);
        while (table[2 * place + 1] != 0) {
            if (table[2 * place] == first && table[2 * place + 1] == second) {
                return false;
            }
            place = (place + 1) % places;
        }
        table[2 * place] = first;
        table[2 * place + 1] = second;
        return true;
    }
}
