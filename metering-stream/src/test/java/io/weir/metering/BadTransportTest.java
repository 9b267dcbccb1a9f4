package io.weir.metering;

import static io.weir.wire.Patience.PATIENCE;
import static io.weir.wire.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.Aggregation;
import io.weir.billing.CatalogueChange;
import io.weir.billing.ControlRecord;
import io.weir.billing.FormulaTerm;
import io.weir.billing.ItemDefinition;
import io.weir.billing.MeterDefinition;
import io.weir.billing.PriceGroup;
import io.weir.billing.SiteChange;
import io.weir.billing.WorkspaceChange;
import io.weir.metering.control.ControlLog;
import io.weir.metering.intake.Outcome;
import io.weir.metering.intake.WriterSchemas;
import io.weir.usage.Reading;
import io.weir.usage.Reason;
import io.weir.usage.UsageEvent;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.AvroSerializer;
import io.weir.wire.SchemaRegistry;
import io.weir.wire.Settings;
import io.weir.wire.TopicNames;
import io.weir.wire.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What producers and networks do to records on a real broker with four partitions (rules.md §3, check 5, and §4). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadTransportTest {

    private static final int PARTITIONS = 4;
    private static final Instant TEN = Instant.parse("2026-03-02T10:00:00Z");
    private static final String WORKSPACE = "wksp_1";
    private static final int HOME = partitionOf(WORKSPACE);
    private static final int ELSEWHERE = (HOME + 1) % PARTITIONS;

    private final MeteringTopics topics = new MeteringTopics(PARTITIONS);
    private final PartitionReports reports = new PartitionReports();
    private KafkaStreams streams;
    private SortedMap<String, Long> before;
    private int numberOfEvents;

    @BeforeAll
    void startTheLine(@TempDir Path folder) throws IOException {
        topics.record(new CatalogueChange(
                "1",
                null,
                List.of(new MeterDefinition("log_records", Aggregation.SUM, 1_000L)),
                List.of(new ItemDefinition(
                        "log", "logs", List.of(new FormulaTerm(List.of("log_records"), 1L)), "1000", 14))));
        topics.record(new SiteChange("utc", "UTC", PriceGroup.CN, "ALIYUN"));
        topics.record(new WorkspaceChange(WORKSPACE, "utc"));
        topics.arriveOn(HOME, WORKSPACE, event());
        streams = line(folder);
        streams.start();
        await().until(() -> outcomes().getOrDefault("ACCEPTED", 0L) == 1);
    }

    private KafkaStreams line(Path folder) throws IOException {
        Map<String, String> registry = new HashMap<>(topics.settings());
        AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
        serializer.configure(registry, false);
        AvroDeserializer<ControlRecord> deserializer = new AvroDeserializer<>();
        deserializer.configure(registry, false);
        MeteringTopology topology = new MeteringTopology(
                TopicNames.LIVE,
                new ControlLog(Topics.CONTROL.name(), deserializer),
                new WriterSchemas(SchemaRegistry.of(registry), Duration.ZERO),
                serializer,
                reports,
                Duration.ofHours(1),
                Origin.of(PARTITIONS, Map.of()));
        return new KafkaStreams(topology.build(), config(folder).streams());
    }

    private MeteringConfig config(Path folder) throws IOException {
        Properties file = new Properties();
        file.putAll(topics.settings());
        file.setProperty("weir.application.id", "transport");
        file.setProperty("weir.state.dir", folder.resolve("state").toString());
        file.setProperty("kafka.commit.interval.ms", "100");
        Path written = folder.resolve("metering.properties");
        try (var out = Files.newBufferedWriter(written)) {
            file.store(out, null);
        }
        return MeteringConfig.from(Settings.load(new String[] {written.toString()}, Map.of()));
    }

    @AfterAll
    void end() {
        streams.close(PATIENCE);
        topics.close();
    }

    @BeforeEach
    void count() {
        before = outcomes();
    }

    /** A good record for each partition comes last, so that nothing that was sent before can still be on its way. */
    @AfterEach
    void theLineGoesOn() {
        assertOutcomes(line -> topics.arriveOn(HOME, WORKSPACE, event()), Map.of("ACCEPTED", 1L));
        assertThat(streams.state()).isEqualTo(KafkaStreams.State.RUNNING);
    }

    @Test
    void aCopyInEachPartitionIsCountedOnce() {
        // Given
        UsageEvent event = event();

        // When / Then
        assertOutcomes(
                line -> {
                    for (int partition = 0; partition < PARTITIONS; partition++) {
                        topics.arriveOn(partition, WORKSPACE, event);
                    }
                },
                Map.of("REROUTED", 3L, "ACCEPTED", 1L, "DUPLICATE", 3L));
    }

    @Test
    void aWrongKeyOnTheWrongPartitionIsAWrongKey() {
        assertOutcomes(
                line -> topics.arriveOn((partitionOf("wksp_2") + 1) % PARTITIONS, "wksp_2", event()),
                Map.of("REJECTED KEY_MISMATCH", 1L));
    }

    @Test
    void anUnknownWorkspaceOnTheWrongPartitionIsReroutedAndThenUnknown() {
        // Given
        UsageEvent unknown =
                UsageEvent.newBuilder(event()).setWorkspaceId("wksp_9").build();

        // When / Then
        assertOutcomes(
                line -> topics.arriveOn((partitionOf("wksp_9") + 1) % PARTITIONS, "wksp_9", unknown),
                Map.of("REROUTED", 1L, "REJECTED UNKNOWN_WORKSPACE", 1L));
    }

    @Test
    void aRecordIsReroutedOnceWithItsKeyAndValue() {
        assertOutcomes(line -> topics.arriveOn(ELSEWHERE, WORKSPACE, event()), Map.of("REROUTED", 1L, "ACCEPTED", 1L));
    }

    @Test
    void aProducerThatRestartsAndSendsItsSpoolAgainIsCountedOnce() {
        // Given
        UsageEvent first = event();
        UsageEvent second = UsageEvent.newBuilder(first).setSequence(1L).build();

        // When / Then
        assertOutcomes(
                line -> {
                    topics.arriveOn(HOME, WORKSPACE, first);
                    topics.arriveOn(HOME, WORKSPACE, second);
                    topics.arriveOn(HOME, WORKSPACE, first);
                    topics.arriveOn(HOME, WORKSPACE, second);
                },
                Map.of("ACCEPTED", 2L, "DUPLICATE", 2L));
    }

    @Test
    void anAbortedTransactionIsInvisible() {
        // Given
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrapServers(), "transactional.id", "aborts", "linger.ms", 0);
        UsageEvent event = event();

        // When / Then
        assertOutcomes(
                line -> {
                    try (KafkaProducer<byte[], byte[]> producer =
                            new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
                        producer.initTransactions();
                        producer.beginTransaction();
                        var unused = producer.send(record(event));
                        producer.flush();
                        producer.abortTransaction();
                    }
                },
                Map.of());
    }

    @Test
    void aCompressedBatchWithAWrongChecksumIsRefusedByTheBroker() throws IOException {
        // Given
        RawProducer producer = new RawProducer(bootstrapServers());

        // When
        Errors error = producer.sendCorrupted(record(event()));

        // Then
        assertThat(error).isEqualTo(Errors.CORRUPT_MESSAGE);
        assertThat(outcomes()).isEqualTo(before);
    }

    private void assertOutcomes(Consumer<KafkaStreams> arrival, Map<String, Long> expected) {
        before = outcomes();
        arrival.accept(streams);
        topics.arriveOn(HOME, WORKSPACE, event());
        SortedMap<String, Long> after = new TreeMap<>(before);
        expected.forEach((outcome, records) -> after.merge(outcome, records, Long::sum));
        after.merge("ACCEPTED", 1L, Long::sum);
        await().untilAsserted(() -> assertThat(outcomes()).isEqualTo(after));
    }

    private SortedMap<String, Long> outcomes() {
        SortedMap<String, Long> outcomes = new TreeMap<>();
        reports.records().all().values().forEach(report -> {
            for (Outcome outcome : Outcome.values()) {
                if (outcome != Outcome.REJECTED) {
                    outcomes.merge(outcome.name(), report.counts().of(outcome), Long::sum);
                }
            }
            for (Reason reason : Reason.values()) {
                outcomes.merge("REJECTED " + reason, report.counts().of(reason), Long::sum);
            }
        });
        return outcomes;
    }

    private String bootstrapServers() {
        return topics.settings().getOrDefault("kafka.bootstrap.servers", "");
    }

    private ProducerRecord<byte[], byte[]> record(UsageEvent event) {
        return new ProducerRecord<>(
                Topics.USAGE_EVENTS.name(),
                HOME,
                event.getOccurredAt().toEpochMilli(),
                WORKSPACE.getBytes(UTF_8),
                topics.written(event));
    }

    private UsageEvent event() {
        return new UsageEvent(
                WORKSPACE, "source-" + numberOfEvents++, 0L, "id", TEN, "", List.of(new Reading("log_records", 1L)));
    }

    private static int partitionOf(String key) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8))) % PARTITIONS;
    }
}
