package io.weir.feecenter.ledger;

import io.weir.billing.BillLine;
import io.weir.wire.RegistryTrouble;
import io.weir.wire.SchemaRegistryUnavailable;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Bytes of the topic to lines: what is no line stays in sight as what it is. */
public final class LineDecoder {

    private final Deserializer<?> deserializer;

    LineDecoder(Deserializer<?> deserializer) {
        this.deserializer = deserializer;
    }

    /**
     * Decodes one record.
     *
     * @throws org.apache.kafka.common.KafkaException if the schema registry is away: that says nothing about the record
     */
    ReceivedLine decode(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return received(record, null, "the record has no value");
        }
        try {
            Object value = deserializer.deserialize(record.topic(), record.headers(), record.value());
            return value instanceof BillLine line
                    ? received(record, line, "")
                    : received(record, null, "the record is another one than a BillLine");
        } catch (SerializationException e) {
            if (RegistryTrouble.isBehind(e)) {
                throw new SchemaRegistryUnavailable(e);
            }
            return received(record, null, "the bytes are not a BillLine");
        }
    }

    private static ReceivedLine received(
            ConsumerRecord<byte[], byte[]> record, @Nullable BillLine line, String problem) {
        ByteBuffer bytes = record.value() == null ? null : ByteBuffer.wrap(record.value());
        return new ReceivedLine(record.partition(), record.offset(), bytes, line, problem);
    }
}
