package io.weir.metering.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * The 128-bit hash of an event's identity: MurmurHash3 x64 128 with seed 0 over {@code workspace LF source LF '#'} and the
 * sequence as 8 bytes, or {@code workspace LF source LF '@'} and the event id (rules.md §4). The hashes of the events of a
 * total, added modulo 2^128, are its digest.
 */
final class Identity {

    private static final int SEED = 0;

    private final byte[] numbered;
    private final int prefixLength;
    private final byte[] named;
    private long high;
    private long low;

    Identity(String workspaceId, String source) {
        byte[] prefix = (workspaceId + "\n" + source + "\n#").getBytes(UTF_8);
        prefixLength = prefix.length;
        numbered = Arrays.copyOf(prefix, prefixLength + Long.BYTES);
        named = Arrays.copyOf(prefix, prefixLength + 128);
        named[prefixLength - 1] = '@';
    }

    /** Hashes the identity of an event: by its sequence if it has one, else by its id. */
    void hash(UsageView usage) {
        if (usage.sequenced) {
            ByteBuffer.wrap(numbered).putLong(prefixLength, usage.sequence);
            keep(MurmurHash3.hash128x64(numbered, 0, numbered.length, SEED));
        } else {
            System.arraycopy(usage.bytes, usage.eventIdFrom, named, prefixLength, usage.eventIdLength);
            keep(MurmurHash3.hash128x64(named, 0, prefixLength + usage.eventIdLength, SEED));
        }
    }

    private void keep(long[] hash) {
        high = hash[0];
        low = hash[1];
    }

    long high() {
        return high;
    }

    long low() {
        return low;
    }
}
