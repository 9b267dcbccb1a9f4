package io.weir.deploy.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.deploy.console.Failure;
import io.weir.wire.AvroSerializer;
import io.weir.wire.Topic;
import io.weir.wire.TopicNames;
import io.weir.wire.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes control and usage records to their topics. A trusted loader: usage carries the ingest time that it had, on a topic that
 * takes it (rules.md §2). Each record goes where Kafka's default partitioner sends its key, one without a key to partition 0.
 */
public final class Loader implements AutoCloseable {

    private static final int LARGEST_REQUEST_BYTES = Topics.USAGE_EVENTS.largestRecordBytes();

    private final Producer<byte[], byte[]> producer;
    private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
    private final int partitions;
    private final TopicNames topics;
    private long usageSent;
    private final AtomicReference<@Nullable Exception> refused = new AtomicReference<>();

    /**
     * A loader for one broker.
     *
     * @param partitions number of partitions of {@code usage-events}, 1 or more
     */
    public Loader(String bootstrapServers, String registryUrl, int partitions) {
        this(bootstrapServers, registryUrl, partitions, TopicNames.LIVE);
    }

    /** The same for an installation with these topics. */
    public Loader(String bootstrapServers, String registryUrl, int partitions, TopicNames topics) {
        this.partitions = partitions;
        this.topics = topics;
        serializer.configure(Map.of("schema.registry.url", registryUrl), false);
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        LARGEST_REQUEST_BYTES,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        256 * 1024,
                        ProducerConfig.LINGER_MS_CONFIG,
                        5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Writes control records in their order and waits until the broker has them. */
    public void loadControl(List<ControlChange> changes) {
        for (ControlChange change : changes) {
            send(new ProducerRecord<>(
                    topics.of(Topics.CONTROL), bytes(change.key()), serialize(Topics.CONTROL, change.record())));
        }
        flush();
    }

    /** Writes one usage record, soon. */
    public void load(UsageRecord record) {
        String key = record.key();
        byte[] value = record.bytes(event -> serialize(Topics.USAGE_EVENTS, event));
        sendUsage(key == null ? 0 : null, record.ingest(), key == null ? null : bytes(key), value);
    }

    /** Moves the clock of every partition, soon. */
    public void heartbeat(Instant clock) {
        for (int partition = 0; partition < partitions; partition++) {
            sendUsage(partition, clock, null, null);
        }
    }

    private void sendUsage(
            @Nullable Integer partition, Instant ingest, byte @Nullable [] key, byte @Nullable [] value) {
        usageSent++;
        send(new ProducerRecord<>(Topics.USAGE_EVENTS.name(), partition, ingest.toEpochMilli(), key, value));
    }

    /** Number of usage records sent, heartbeats among them. */
    public long usageSent() {
        return usageSent;
    }

    /** Waits until the broker has all that was written. */
    public void flush() {
        producer.flush();
        requireNoneRefused();
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        requireNoneRefused();
        Future<RecordMetadata> unused = producer.send(record, (where, failure) -> {
            if (failure != null) {
                refused.compareAndSet(null, failure);
            }
        });
    }

    private void requireNoneRefused() {
        Exception failure = refused.get();
        if (failure != null) {
            throw new Failure("The broker did not take a record: " + failure.getMessage(), failure);
        }
    }

    private byte[] serialize(Topic topic, SpecificRecord record) {
        return Objects.requireNonNull(serializer.serialize(topics.of(topic), record));
    }

    private static byte[] bytes(String key) {
        return key.getBytes(UTF_8);
    }

    @Override
    public void close() {
        producer.close();
    }
}
