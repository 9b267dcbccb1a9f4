package io.weir.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.usage.UsageEvent;
import io.weir.wire.AvroSerializer;
import io.weir.wire.Topics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** One connection to the broker and the registry, until something fails that is not the fault of one event. */
final class Delivery implements AutoCloseable {

    /** What becomes of each event; called by Kafka's thread. */
    interface Outcome {

        /** The broker has it. */
        void sent(long position);

        /** The broker refuses this event and takes others. */
        void refused(long position, EventNumber number, Exception why);
    }

    private static final byte MAGIC_BYTE = 0;
    private static final int HEADER_BYTES = 1 + Integer.BYTES;

    private final AvroSerializer<UsageEvent> schemaIds = new AvroSerializer<>();
    private final Producer<byte[], byte[]> producer;
    private final Outcome outcome;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    Delivery(PublisherConfig config, Outcome outcome) {
        this.schemaIds.configure(config.registry(), false);
        this.producer = new KafkaProducer<>(config.producer(), new ByteArraySerializer(), new ByteArraySerializer());
        this.outcome = outcome;
    }

    /** Sends an event, soon, behind all that were sent before. Its time is set by the broker. */
    void send(long position, SpooledEvent event, Schema schema) {
        byte[] key = event.number().workspaceId().getBytes(UTF_8);
        byte[] value = value(schemaIds.schemaId(Topics.USAGE_EVENTS.name(), schema), event.avro());
        Future<RecordMetadata> unused = producer.send(
                new ProducerRecord<>(Topics.USAGE_EVENTS.name(), key, value),
                (where, failed) -> judge(position, event.number(), failed));
    }

    /** Confluent's wire format. */
    private static byte[] value(int schemaId, ByteBuffer avro) {
        return ByteBuffer.allocate(HEADER_BYTES + avro.remaining())
                .put(MAGIC_BYTE)
                .putInt(schemaId)
                .put(avro.duplicate())
                .array();
    }

    private void judge(long position, EventNumber number, @Nullable Exception failed) {
        if (failed == null) {
            outcome.sent(position);
        } else if (failed instanceof RecordTooLargeException || failed instanceof InvalidRecordException) {
            outcome.refused(position, number, failed);
        } else {
            failure.compareAndSet(null, failed);
        }
    }

    /** Throws what has failed since the start, if anything has: then a new delivery begins at the first event that was not sent. */
    void requireWorking() throws DeliveryFailed {
        Exception failed = failure.get();
        if (failed != null) {
            throw new DeliveryFailed(failed);
        }
    }

    /** Gives up what is under way; it is still in the spool. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
        schemaIds.close();
    }
}
