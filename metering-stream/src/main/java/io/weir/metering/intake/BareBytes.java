package io.weir.metering.intake;

import java.util.Iterator;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Takes a record's value as it is and leaves its headers at the door. They mean nothing here, but Streams would copy the
 * headers of one record into every changelog record of its commit, however large they are.
 */
public final class BareBytes implements Deserializer<byte[]> {

    @Override
    public byte @Nullable [] deserialize(String topic, byte @Nullable [] data) {
        return data;
    }

    @Override
    public byte @Nullable [] deserialize(String topic, Headers headers, byte @Nullable [] data) {
        for (Iterator<Header> each = headers.iterator(); each.hasNext(); ) {
            each.next();
            each.remove();
        }
        return data;
    }
}
