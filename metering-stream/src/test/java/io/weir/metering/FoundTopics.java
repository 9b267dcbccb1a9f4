package io.weir.metering;

import static io.weir.wire.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.wire.Settings;
import io.weir.wire.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What a start finds on a real broker: the topics of the catalogue, and offsets and changelogs of an application id of its own. */
final class FoundTopics {

    private final String applicationId = "guards-" + UUID.randomUUID();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final int partitions;
    private final MeteringTopics topics;
    private final Map<String, Object> client;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;

    /** A fresh system, with so many partitions of {@code usage-events}. */
    FoundTopics(int partitions) {
        this.partitions = partitions;
        topics = new MeteringTopics(partitions);
        client = Map.of("bootstrap.servers", String.valueOf(topics.settings().get("kafka.bootstrap.servers")));
        admin = Admin.create(client);
        producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
    }

    String applicationId() {
        return applicationId;
    }

    /** What a start finds. */
    Optional<Origin> start() throws InterruptedException {
        Map<String, String> environment = new HashMap<>();
        topics.settings().forEach((key, value) -> environment.put(variable(key), value));
        environment.put("WEIR_STATE_DIR", "unused");
        environment.put("WEIR_APPLICATION_ID", applicationId);
        environment.put("WEIR_HEARTBEAT_INTERVAL", "off");
        Settings settings = Settings.load(new String[0], environment);
        MeteringConfig config = MeteringConfig.from(settings);
        return new TopicsAtStart(admin, config, stopping).ask();
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /** What a stream leaves that has metered all partitions. */
    void stateWithItsOffsets() throws ExecutionException, InterruptedException {
        start();
        for (int partition = 0; partition < partitions; partition++) {
            send(changelog("partition"), partition, "intake");
            commit(partition);
        }
    }

    /** The group has done with one record of the partition. */
    void commit(int partition) throws ExecutionException, InterruptedException {
        TopicPartition usage = new TopicPartition(Topics.USAGE_EVENTS.name(), partition);
        admin.alterConsumerGroupOffsets(applicationId, Map.of(usage, new OffsetAndMetadata(1)))
                .all()
                .get();
    }

    String changelog(String store) {
        return applicationId + "-" + store + "-changelog";
    }

    List<String> changelogs() {
        return MeteringTopology.LOGGED.stream().map(this::changelog).toList();
    }

    /** A committed record under this key. */
    void send(String topic, int partition, String key) throws ExecutionException, InterruptedException {
        producer.send(new ProducerRecord<>(topic, partition, key.getBytes(UTF_8), new byte[] {1}))
                .get();
    }

    /** What a process leaves that was killed before its first commit. */
    void abortedTransaction(String... into) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("transactional.id", applicationId);
        try (KafkaProducer<byte[], byte[]> killed =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            killed.initTransactions();
            killed.beginTransaction();
            for (String topic : into) {
                var unused = killed.send(new ProducerRecord<>(topic, 0, "intake".getBytes(UTF_8), new byte[] {1}));
            }
            killed.flush();
            killed.abortTransaction();
        }
    }

    /** What a process leaves that was killed in the middle of a commit: an offset whose transaction is open. */
    Producer<byte[], byte[]> halfCommitted(int partition) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("transactional.id", applicationId);
        KafkaProducer<byte[], byte[]> killed =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        killed.initTransactions();
        killed.beginTransaction();
        killed.sendOffsetsToTransaction(
                Map.of(new TopicPartition(Topics.USAGE_EVENTS.name(), partition), new OffsetAndMetadata(1)), group());
        return killed;
    }

    private ConsumerGroupMetadata group() {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("group.id", applicationId);
        try (KafkaConsumer<byte[], byte[]> member =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return member.groupMetadata();
        }
    }

    void create(String topic, int count, String cleanupPolicy) throws ExecutionException, InterruptedException {
        NewTopic wanted = new NewTopic(topic, count, (short) 1).configs(Map.of("cleanup.policy", cleanupPolicy));
        admin.createTopics(Set.of(wanted)).all().get();
        await().until(() -> admin.listTopics().names().get().contains(topic));
    }

    void setCleanup(String topic, String policy) throws ExecutionException, InterruptedException {
        AlterConfigOp set = new AlterConfigOp(new ConfigEntry("cleanup.policy", policy), AlterConfigOp.OpType.SET);
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all().get();
    }

    /** As the broker does after a week without a start. */
    void deleteGroup() throws ExecutionException, InterruptedException {
        admin.deleteConsumerGroups(Set.of(applicationId)).all().get();
    }

    Set<String> names() throws ExecutionException, InterruptedException {
        return admin.listTopics().names().get();
    }

    void delete(List<String> names) throws ExecutionException, InterruptedException {
        List<String> there = new ArrayList<>(names);
        there.retainAll(admin.listTopics().names().get());
        admin.deleteTopics(there).all().get();
        await().until(() -> admin.listTopics().names().get().stream().noneMatch(there::contains));
    }

    void deleteRecords(String topic, int partition, long before) throws ExecutionException, InterruptedException {
        admin.deleteRecords(Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(before)))
                .all()
                .get();
    }

    void close() throws ExecutionException, InterruptedException {
        producer.close();
        delete(changelogs());
        admin.close();
        topics.close();
    }
}
