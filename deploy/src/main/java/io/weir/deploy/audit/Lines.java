package io.weir.deploy.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.billing.BillLine;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.UnreadableRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Reads the records of {@code fee-center.bill-lines}; one that is no line is a violation. */
final class Lines {

    private final AvroDeserializer<BillLine> values;
    private final Check check;
    private long count;

    Lines(AvroDeserializer<BillLine> values, Check check) {
        this.values = values;
        this.check = check;
    }

    /** The line in a record; null if there is none. */
    @Nullable
    BillLine read(ConsumerRecord<byte[], byte[]> record) {
        count++;
        try {
            if (record.value() != null) {
                return values.read(record.value());
            }
        } catch (UnreadableRecord unreadable) {
            // Said below, as for a record without a value.
        }
        check.violation(
                "fee-center.bill-lines partition %d offset %,d is no bill line", record.partition(), record.offset());
        return null;
    }

    static @Nullable String key(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? null : new String(record.key(), UTF_8);
    }

    /** Number of records read. */
    long count() {
        return count;
    }
}
