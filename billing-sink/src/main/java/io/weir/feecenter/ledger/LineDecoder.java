package io.weir.feecenter.ledger;

import io.weir.billing.BillLine;
import io.weir.wire.RegistryTrouble;
import io.weir.wire.SchemaRegistryUnavailable;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Bytes of one topic to lines: what is no line stays in sight as what it is. */
public final class LineDecoder {

    private final String topic;
    private final Deserializer<?> deserializer;

    LineDecoder(String topic, Deserializer<?> deserializer) {
        this.topic = topic;
        this.deserializer = deserializer;
    }

    /** The topic of the lines. */
    String topic() {
        return topic;
    }

    /**
     * Decodes one record.
     *
     * @throws org.apache.kafka.common.KafkaException if the schema registry is away: that says nothing about the record
     */
    ReceivedLine decode(ConsumerRecord<byte[], byte[]> record) {
        return decode(record.partition(), record.offset(), record.headers(), record.value());
    }

    /** Decodes a record that was held back: its bytes as the ledger kept them. */
    ReceivedLine decodeAgain(int partition, long offset, byte @Nullable [] bytes) {
        return decode(partition, offset, new RecordHeaders(), bytes);
    }

    private ReceivedLine decode(int partition, long offset, Headers headers, byte @Nullable [] bytes) {
        if (bytes == null) {
            return new ReceivedLine(partition, offset, null, null, "the record has no value");
        }
        ByteBuffer kept = ByteBuffer.wrap(bytes);
        try {
            Object value = deserializer.deserialize(topic, headers, bytes);
            return value instanceof BillLine line
                    ? new ReceivedLine(partition, offset, kept, line, "")
                    : new ReceivedLine(partition, offset, kept, null, "the record is another one than a BillLine");
        } catch (SerializationException e) {
            if (RegistryTrouble.isBehind(e)) {
                throw new SchemaRegistryUnavailable(e);
            }
            return new ReceivedLine(partition, offset, kept, null, "the bytes are not a BillLine");
        }
    }
}
