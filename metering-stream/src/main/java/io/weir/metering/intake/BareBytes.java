package io.weir.metering.intake;

import java.nio.ByteBuffer;
import java.util.Iterator;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Takes a record's value as it is, but leaves its headers at the door, and of a value of more than 1 MiB what follows the
 * first 1 MiB. Headers mean nothing here, but Streams would copy those of one record into every changelog record of its
 * commit, however large they are; and a small compressed batch may hold many records of 64 MiB.
 */
public final class BareBytes implements Deserializer<byte[]> {

    @Override
    public byte @Nullable [] deserialize(String topic, byte @Nullable [] data) {
        return data;
    }

    /** Within Streams, where long values have been cut. */
    @Override
    public byte @Nullable [] deserialize(String topic, Headers headers, byte @Nullable [] data) {
        leave(headers);
        return data;
    }

    /** Within the consumer, where the data is a view of the fetched batch. */
    @Override
    public byte @Nullable [] deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
        leave(headers);
        if (data == null) {
            return null;
        }
        return data.remaining() > Checks.LARGEST_VALUE_BYTES ? LongValue.of(data) : Utils.toArray(data);
    }

    private static void leave(Headers headers) {
        for (Iterator<Header> each = headers.iterator(); each.hasNext(); ) {
            each.next();
            each.remove();
        }
    }
}
