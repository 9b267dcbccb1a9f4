package io.weir.metering.state;

import static io.weir.wire.Patience.PATIENCE;
import static io.weir.wire.Patience.await;

import io.weir.wire.EmbeddedBroker;
import io.weir.wire.Ends;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** Instances of {@link Tally} that share an application id, with topics of two partitions of their own on the shared broker. */
final class TallyGroup implements AutoCloseable {

    private static final EmbeddedBroker BROKER = EmbeddedBroker.shared();

    private final String name;
    private final Path directory;
    private final Admin admin = Admin.create(Map.of("bootstrap.servers", BROKER.bootstrapServers()));
    private final KafkaProducer<String, String> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", BROKER.bootstrapServers()), new StringSerializer(), new StringSerializer());
    private final List<KafkaStreams> started = new ArrayList<>();

    /** Creates the topics of a group of this name, which keeps its state in this folder. */
    TallyGroup(String name, Path directory) {
        this.name = name;
        this.directory = directory;
        admin.createTopics(List.of(new NewTopic(input(), 2, (short) 1), new NewTopic(output(), 2, (short) 1)))
                .all()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** Stops all instances, cleanly. */
    void stopApplications() {
        started.forEach(TallyGroup::leave);
    }

    @Override
    public void close() {
        stopApplications();
        producer.close();
        admin.close();
    }

    KafkaStreams start(Tally tally, Map<String, Object> changes) {
        return start(tally, directory.resolve("state-" + started.size()), changes);
    }

    KafkaStreams start(Tally tally, KafkaClientSupplier clients) {
        return started(new KafkaStreams(
                tally.topology(input(), output()), settings(directory.resolve("state-" + started.size())), clients));
    }

    KafkaStreams start(Tally tally, Path state, Map<String, Object> changes) {
        Properties settings = settings(state);
        settings.putAll(changes);
        return started(new KafkaStreams(tally.topology(input(), output()), settings));
    }

    private Properties settings(Path state) {
        return Tally.settings(name, BROKER.bootstrapServers(), state.toString());
    }

    private KafkaStreams started(KafkaStreams streams) {
        streams.setUncaughtExceptionHandler(failure -> StreamThreadExceptionResponse.REPLACE_THREAD);
        started.add(streams);
        streams.start();
        await().until(() -> streams.state() == KafkaStreams.State.RUNNING);
        return streams;
    }

    Process haltingProcess(HaltingTally.Moment death, Path state) throws IOException {
        File log = directory.resolve("halting.log").toFile();
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HaltingTally.class.getName(),
                        death.name(),
                        "5",
                        BROKER.bootstrapServers(),
                        name,
                        state.toString(),
                        input(),
                        output())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
    }

    /** Closes, and leaves the group, so that nobody has to wait until the session has expired. */
    static void leave(KafkaStreams streams) {
        streams.close(CloseOptions.timeout(PATIENCE)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    }

    static long standbys(KafkaStreams streams) {
        return streams.metadataForLocalThreads().stream()
                .mapToLong(thread -> thread.standbyTasks().size())
                .sum();
    }

    void use(int partition, String... keys) {
        send(Stream.of(keys).map(key -> new ProducerRecord<>(input(), partition, key, "")));
    }

    void command(int partition, String command) {
        send(Stream.of(new ProducerRecord<>(input(), partition, command, command)));
    }

    private void send(Stream<ProducerRecord<String, String>> records) {
        List<Future<RecordMetadata>> sent = records.map(producer::send).toList();
        try {
            for (Future<RecordMetadata> acknowledgement : sent) {
                acknowledgement.get();
            }
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static void awaitProcessed(Tally tally, long records) {
        await().until(() -> tally.processed.get() >= records);
    }

    void awaitCommitted(long first, long second) {
        Map<Integer, Long> expected = new HashMap<>(Map.of(0, first, 1, second));
        expected.values().removeIf(offset -> offset == 0);
        await().until(this::committed, expected::equals);
    }

    /** Waits for the offsets of a transaction that is decided and not yet carried out. */
    Map<Integer, Long> committed() {
        try {
            return admin
                    .listConsumerGroupOffsets(name, new ListConsumerGroupOffsetsOptions().requireStable(true))
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(
                            entry -> entry.getKey().partition(),
                            entry -> entry.getValue().offset()));
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }

    Map<Integer, Long> positions() {
        Map<Integer, Long> positions = new TreeMap<>();
        read(name + "-position-changelog", new LongDeserializer())
                .forEach(stored -> positions.put(stored.partition(), stored.value()));
        return positions;
    }

    /** By partition and key. */
    Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        read(name + "-counts-changelog", new LongDeserializer())
                .forEach(stored -> counts.put(stored.partition() + "/" + stored.key(), stored.value()));
        return counts;
    }

    /** What was forwarded, by the partition of its task, in order. */
    Map<Integer, List<String>> told() {
        return read(output(), new StringDeserializer()).stream()
                .collect(Collectors.groupingBy(
                        told -> Integer.parseInt(told.key()),
                        Collectors.mapping(ConsumerRecord::value, Collectors.toList())));
    }

    private <V> List<ConsumerRecord<String, V>> read(String topic, Deserializer<V> values) {
        List<ConsumerRecord<String, V>> records = new ArrayList<>();
        List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
        try (KafkaConsumer<String, V> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", BROKER.bootstrapServers(), "isolation.level", "read_committed"),
                new StringDeserializer(),
                values)) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = Ends.ofAll(admin, partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private String input() {
        return name + "-usage";
    }

    private String output() {
        return name + "-told";
    }
}
