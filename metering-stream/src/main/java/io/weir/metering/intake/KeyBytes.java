package io.weir.metering.intake;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** Takes the first 64 KiB of a record's key: no longer key is a workspace id, and no more of it is kept of a refused record. */
public final class KeyBytes implements Deserializer<byte[]> {

    static final int MOST_BYTES = 64 * 1024;

    @Override
    public byte @Nullable [] deserialize(String topic, byte @Nullable [] data) {
        return data;
    }

    @Override
    public byte @Nullable [] deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
        return data == null ? null : Utils.toArray(data, Math.min(data.remaining(), MOST_BYTES));
    }
}
