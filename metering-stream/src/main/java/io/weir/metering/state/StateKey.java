package io.weir.metering.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of the stores: names, each ended by a zero byte (which no name contains), then numbers that sort as bytes. So all
 * keys of a workspace, and all of one of its days, lie together.
 */
public final class StateKey {

    private static final int LONGEST = 1024;
    /** So many bytes 0xff are behind the largest number and whatever follows it. */
    private static final int BEHIND_ANY_NUMBER = Long.BYTES + 1;

    private final ByteBuffer buffer = ByteBuffer.allocate(LONGEST);

    /** A key that begins with this name of at most 128 bytes. */
    public static StateKey of(String name) {
        return new StateKey().then(name);
    }

    /** Then a name of at most 128 bytes. */
    public StateKey then(String name) {
        buffer.put(name.getBytes(UTF_8)).put((byte) 0);
        return this;
    }

    /** Then a number, sorting by value. */
    public StateKey then(long number) {
        buffer.putLong(number ^ Long.MIN_VALUE);
        return this;
    }

    /** The key, or the first key of all that begin so. */
    public Bytes first() {
        byte[] bytes = new byte[buffer.position()];
        buffer.duplicate().flip().get(bytes);
        return Bytes.wrap(bytes);
    }

    /** A key behind all that begin so. */
    public Bytes last() {
        byte[] bytes = new byte[buffer.position() + BEHIND_ANY_NUMBER];
        buffer.duplicate().flip().get(bytes, 0, buffer.position());
        Arrays.fill(bytes, buffer.position(), bytes.length, (byte) 0xff);
        return Bytes.wrap(bytes);
    }
}
