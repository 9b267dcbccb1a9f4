package io.weir.metering.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.ByteUtils;

/** Reads what {@link StateWriter} wrote. */
public final class StateReader {

    private final ByteBuffer buffer;

    /**
     * @param value a stored value
     * @param newestVersion the newest format version that this release can read
     * @throws IllegalStateException if a newer release wrote the value
     */
    public StateReader(byte[] value, int newestVersion) {
        buffer = ByteBuffer.wrap(value);
        int version = buffer.get();
        if (version < 1 || version > newestVersion) {
            throw new IllegalStateException(
                    "a stored value has format %d, this release reads 1 to %d: run the release that wrote it or a newer one; to go on with this one, deploy/weir rebuild"
                            .formatted(version, newestVersion));
        }
    }

    /** The next field, written by {@link StateWriter#number}. */
    public long number() {
        return ByteUtils.readVarlong(buffer);
    }

    /** The next field, written by {@link StateWriter#wide}. */
    public long wide() {
        return buffer.getLong();
    }

    /** The next field, written by {@link StateWriter#text}. */
    public String text() {
        byte[] bytes = new byte[(int) number()];
        buffer.get(bytes);
        return new String(bytes, UTF_8);
    }

    /** Whether there are fields left. */
    public boolean hasMore() {
        return buffer.hasRemaining();
    }
}
