package io.weir.publish;

import static io.weir.wire.Patience.await;

import io.weir.usage.UsageEvent;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.EmbeddedRegistry;
import io.weir.wire.SchemaRegistry;
import io.weir.wire.Topics;
import io.weir.wire.UnreadableRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The topic {@code usage-events} on a broker, and what publishers have written there. */
public final class UsageTopic {

    /** An event as it lies on the topic. */
    public record Found(String key, UsageEvent event, List<Byte> bytes) {

        /** Its identity. */
        public EventNumber number() {
            return new EventNumber(event.getWorkspaceId(), event.getSource(), event.getSequence());
        }

        /** Of its first reading. */
        public long quantity() {
            return event.getReadings().get(0).getQuantity();
        }
    }

    /** Any limit but this one lets records pass that are larger. */
    static final int SMALLER_LIMIT = 1_000;

    private static final String NAME = Topics.USAGE_EVENTS.name();

    private final String bootstrapServers;
    private final int partitions;
    private final AvroDeserializer<UsageEvent> values =
            new AvroDeserializer<>(SchemaRegistry.of(EmbeddedRegistry.shared().settings()), UsageEvent.class);

    /** The topic with so many partitions, on the broker of this address. */
    public UsageTopic(String bootstrapServers, int partitions) {
        this.bootstrapServers = bootstrapServers;
        this.partitions = partitions;
    }

    void create() throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(Topics.USAGE_EVENTS.newTopic(partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    /** From now on the broker takes no larger records. */
    void limitRecordsTo(int bytes) throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, NAME);
        AlterConfigOp limit = new AlterConfigOp(
                new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes)),
                AlterConfigOp.OpType.SET);
        try (Admin admin = admin()) {
            admin.incrementalAlterConfigs(Map.of(topic, List.of(limit))).all().get();
        }
        await().until(() -> isTaken(SMALLER_LIMIT + 1) == bytes > SMALLER_LIMIT);
    }

    /** The broker has a limit in force a moment after it was told: whether it takes a record of so many bytes now. */
    private boolean isTaken(int bytes) throws InterruptedException {
        try (KafkaProducer<byte[], byte[]> somebody = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer())) {
            somebody.send(new ProducerRecord<>(NAME, new byte[bytes])).get();
            return true;
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof RecordTooLargeException) {
                return false;
            }
            throw new IllegalStateException(refused);
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** All events of one publisher, by partition and offset, copies included. */
    public List<Found> eventsOf(String name) {
        List<Found> all = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            read(new TopicPartition(NAME, partition), all);
        }
        return all.stream()
                .filter(found -> found.event().getSource().startsWith(name + "/"))
                .toList();
    }

    private void read(TopicPartition partition, List<Found> all) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(Set.of(partition));
            consumer.seekToBeginning(Set.of(partition));
            long end = Objects.requireNonNull(
                    consumer.endOffsets(Set.of(partition)).get(partition));
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    if (record.value() != null) {
                        add(record, all);
                    }
                }
            }
        }
    }

    /** What nobody can read is not of a publisher. */
    private void add(ConsumerRecord<String, byte[]> record, List<Found> all) {
        try {
            all.add(new Found(record.key(), values.read(record.value()), list(record.value())));
        } catch (UnreadableRecord unreadable) {
            // Some scenarios have such records.
        }
    }

    private static List<Byte> list(byte[] bytes) {
        List<Byte> list = new ArrayList<>();
        for (byte one : bytes) {
            list.add(one);
        }
        return list;
    }

    /** How a publisher finds the broker and the registry. */
    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(EmbeddedRegistry.shared().settings());
        settings.put("bootstrap.servers", bootstrapServers);
        return settings;
    }
}
