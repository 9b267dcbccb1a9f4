package io.weir.metering;

import static io.weir.wire.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.billing.ControlRecord;
import io.weir.metering.recomputation.Scenario;
import io.weir.metering.recomputation.Scenario.Event;
import io.weir.metering.recomputation.Scenario.Recorded;
import io.weir.metering.recomputation.Wire;
import io.weir.usage.MeteringProgress;
import io.weir.usage.UsageEvent;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.AvroSerializer;
import io.weir.wire.EmbeddedBroker;
import io.weir.wire.EmbeddedRegistry;
import io.weir.wire.Ends;
import io.weir.wire.Topic;
import io.weir.wire.TopicCreation;
import io.weir.wire.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** The topics of the catalogue, new and empty, on a real broker, and what loaders, readers and operators do there. */
final class MeteringTopics implements AutoCloseable {

    private static final EmbeddedBroker BROKER = EmbeddedBroker.shared();
    private static final EmbeddedRegistry REGISTRY = EmbeddedRegistry.shared();
    private static final Map<String, Object> CLIENT = Map.of("bootstrap.servers", BROKER.bootstrapServers());

    private static final int LARGEST_RECORD_BYTES = 256 * 1024 * 1024;

    private final int partitions;
    private final Admin admin = Admin.create(CLIENT);
    private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
    private final KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(CLIENT, new ByteArraySerializer(), new ByteArraySerializer());

    /** Creates them, with so many partitions of {@code usage-events}. */
    MeteringTopics(int partitions) {
        this.partitions = partitions;
        serializer.configure(REGISTRY.settings(), false);
        new TopicCreation(admin, partitions, (short) 1).create(Topics.forReplay());
    }

    /** What an operator sets so that the stream finds them. */
    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(REGISTRY.settings());
        settings.put("kafka.bootstrap.servers", BROKER.bootstrapServers());
        settings.put("weir.registry.unknown.wait", "PT2S"); // this registry is never behind a registration
        return settings;
    }

    /** Writes a scenario: its control records, its usage, then a heartbeat to each partition that moves its clock to the end. */
    void load(Scenario scenario, Instant end) {
        loadControl(scenario);
        loadUsage(scenario.usage(), end);
    }

    /** Writes the control records of a scenario. */
    void loadControl(Scenario scenario) {
        ControlRecords.of(scenario).forEach(this::record);
        producer.flush();
    }

    /** Writes usage, then a heartbeat to each partition that moves its clock to the end. */
    void loadUsage(List<Recorded> usage, Instant end) {
        loadUsage(usage);
        move(end);
    }

    /** Writes usage; the clocks move as far as it takes them. */
    void loadUsage(List<Recorded> usage) {
        usage.forEach(this::arrive);
        producer.flush();
    }

    /** Writes an event to the partition behind its own, as a client with another partitioner does. */
    void misdirect(Recorded recorded) {
        byte[] key = Objects.requireNonNull(recorded.key()).getBytes(UTF_8);
        int partition = (Utils.toPositive(Utils.murmur2(key)) + 1) % partitions;
        send(Topics.USAGE_EVENTS, partition, recorded.ingest(), key, value(recorded));
        producer.flush();
    }

    /** A report of the stream on how far it is with a partition. */
    void report(MeteringProgress progress) {
        byte[] key = Integer.toString(progress.getPartition()).getBytes(UTF_8);
        send(Topics.METERING_PROGRESS, 0, null, key, serializer.serialize(Topics.METERING_PROGRESS.name(), progress));
        producer.flush();
    }

    /** The changelogs of an application are gone. */
    void loseChangelogs(String applicationId) throws ExecutionException, InterruptedException {
        List<String> changelogs = admin.listTopics().names().get().stream()
                .filter(name -> name.startsWith(applicationId + "-"))
                .toList();
        admin.deleteTopics(changelogs).all().get();
    }

    /** The positions of an application are gone. */
    void losePositions(String applicationId) throws ExecutionException, InterruptedException {
        admin.deleteConsumerGroups(List.of(applicationId)).all().get();
    }

    /** An operator's mistake: the first records of each partition of a topic are deleted. */
    void deleteBeginning(Topic topic, int topicPartitions, long records)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, RecordsToDelete> beginnings = new HashMap<>();
        for (int partition = 0; partition < topicPartitions; partition++) {
            beginnings.put(new TopicPartition(topic.name(), partition), RecordsToDelete.beforeOffset(records));
        }
        admin.deleteRecords(beginnings).all().get();
    }

    /** Number of records on {@code usage-events} that consumers see. */
    int usageRecords() {
        return readRaw(Topics.USAGE_EVENTS, new ByteArrayDeserializer()).size();
    }

    /** A change of bindings, accounts or prices is recorded. */
    void record(SpecificRecord change) {
        byte[] key = change.getSchema().getName().getBytes(UTF_8); // Kafka restores no record without a key
        send(Topics.CONTROL, 0, null, key, serializer.serialize(Topics.CONTROL.name(), new ControlRecord(change)));
    }

    /** An event arrives on a partition under a key, be they right or not. */
    void arriveOn(int partition, String key, UsageEvent event) {
        send(Topics.USAGE_EVENTS, partition, event.getOccurredAt(), key.getBytes(UTF_8), written(event));
        producer.flush();
    }

    /** An event as this release writes it. */
    byte[] written(UsageEvent event) {
        return Objects.requireNonNull(serializer.serialize(Topics.USAGE_EVENTS.name(), event));
    }

    private void arrive(Recorded recorded) {
        String key = recorded.key();
        send(
                Topics.USAGE_EVENTS,
                key == null ? 0 : null,
                recorded.ingest(),
                key == null ? null : key.getBytes(UTF_8),
                value(recorded));
    }

    private byte @Nullable [] value(Recorded recorded) {
        Event event = recorded.value();
        String raw = recorded.raw();
        if (event != null) {
            return serializer.serialize(Topics.USAGE_EVENTS.name(), Wire.usageEvent(event));
        }
        return raw == null ? null : Base64.getDecoder().decode(raw);
    }

    private void tick(Instant clock) {
        for (int partition = 0; partition < partitions; partition++) {
            send(Topics.USAGE_EVENTS, partition, clock, null, null);
        }
    }

    private void send(
            Topic topic,
            @Nullable Integer partition,
            @Nullable Instant time,
            byte @Nullable [] key,
            byte @Nullable [] value) {
        Long millis = time == null ? null : time.toEpochMilli();
        var unused = producer.send(new ProducerRecord<>(topic.name(), partition, millis, key, value));
    }

    /** Moves the clock of each partition. */
    void move(Instant clock) {
        tick(clock);
        producer.flush();
    }

    /**
     * Somebody writes a record of usage, however large, in a batch of its own that is as small as compression makes it.
     *
     * @param compression by Kafka's name, or {@code none}
     */
    void write(String compression, Instant time, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {
        Map<String, Object> settings = new HashMap<>(CLIENT);
        settings.put("compression.type", compression);
        settings.put("max.request.size", LARGEST_RECORD_BYTES);
        settings.put("buffer.memory", LARGEST_RECORD_BYTES);
        try (KafkaProducer<byte[], byte[]> hostile =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            var unused = hostile.send(
                    new ProducerRecord<>(Topics.USAGE_EVENTS.name(), 0, time.toEpochMilli(), key, value, headers));
        }
    }

    /** How many heartbeats {@link #load} adds to a scenario. */
    int heartbeatsOfTheEnd() {
        return partitions;
    }

    /** Whether each partition says that its clock is there and nothing is due. */
    boolean isMeteredUntil(Instant clock) {
        List<MeteringProgress> progress = read(Topics.METERING_PROGRESS);
        return progress.stream()
                        .filter(each -> !each.getClock().isBefore(clock))
                        .map(MeteringProgress::getPartition)
                        .distinct()
                        .count()
                == partitions;
    }

    /** An operator's mistake: {@code usage-events} gets more partitions. */
    void growUsageTo(int more) throws ExecutionException, InterruptedException {
        admin.createPartitions(Map.of(Topics.USAGE_EVENTS.name(), NewPartitions.increaseTo(more)))
                .all()
                .get();
    }

    /** An operator's mistake: a topic of one partition is deleted and created anew, with nothing on it. */
    void recreate(String topic, String cleanupPolicy) throws ExecutionException, InterruptedException {
        admin.deleteTopics(Set.of(topic)).all().get();
        await().until(() -> !admin.listTopics().names().get().contains(topic));
        NewTopic anew = new NewTopic(topic, 1, (short) 1).configs(Map.of("cleanup.policy", cleanupPolicy));
        admin.createTopics(Set.of(anew)).all().get();
    }

    /** How many records of {@code usage-events} the application has done with for good. */
    long committed(String applicationId) throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(applicationId).partitionsToOffsetAndMetadata().get().values().stream()
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    /** All committed records of a topic. */
    <T extends SpecificRecord> List<T> read(Topic topic) {
        AvroDeserializer<T> deserializer = new AvroDeserializer<>();
        deserializer.configure(REGISTRY.settings(), false);
        return readRaw(topic, deserializer);
    }

    private <T> List<T> readRaw(Topic topic, Deserializer<T> deserializer) {
        Map<String, Object> settings = new HashMap<>(CLIENT);
        settings.put("isolation.level", "read_committed");
        List<T> values = new ArrayList<>();
        try (KafkaConsumer<byte[], T> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), deserializer)) {
            List<TopicPartition> all = consumer.partitionsFor(topic.name()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = Ends.ofAll(admin, all);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }

    @Override
    public void close() {
        producer.close();
        Set<String> names =
                Set.copyOf(Topics.forReplay().stream().map(Topic::name).toList());
        admin.deleteTopics(names)
                .all()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        await().until(() -> Collections.disjoint(admin.listTopics().names().get(), names));
        admin.close();
    }
}
