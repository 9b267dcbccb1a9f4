package io.weir.metering.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.utils.ByteUtils;

/** Writes one stored value: a format version, then fields in order. Old versions stay readable. */
public final class StateWriter {

    private static final int LONGEST_NUMBER = 10;

    private ByteBuffer buffer = ByteBuffer.allocate(128);

    /** A value that begins with this format version, 0 to 127. */
    public StateWriter(int version) {
        buffer.put((byte) version);
    }

    /** A whole number, short if it is close to zero. */
    public StateWriter number(long number) {
        reserve(LONGEST_NUMBER);
        ByteUtils.writeVarlong(number, buffer);
        return this;
    }

    /** A whole number in 8 bytes: for hashes, which are never short. */
    public StateWriter wide(long number) {
        reserve(Long.BYTES);
        buffer.putLong(number);
        return this;
    }

    /** A text. */
    public StateWriter text(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        number(bytes.length);
        reserve(bytes.length);
        buffer.put(bytes);
        return this;
    }

    /** All that was written. */
    public byte[] bytes() {
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private void reserve(int bytes) {
        if (buffer.remaining() < bytes) {
            ByteBuffer larger = ByteBuffer.allocate(2 * buffer.capacity() + bytes);
            buffer = larger.put(buffer.flip());
        }
    }
}
