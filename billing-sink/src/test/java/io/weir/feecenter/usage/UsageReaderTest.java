package io.weir.feecenter.usage;

import static io.weir.feecenter.usage.TestUsage.WORKSPACE;
import static io.weir.feecenter.usage.TestUsage.catalogue;
import static io.weir.feecenter.usage.TestUsage.hour;
import static io.weir.wire.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.ControlRecord;
import io.weir.billing.PriceGroup;
import io.weir.billing.SiteChange;
import io.weir.feecenter.ledger.BillLineConsumer;
import io.weir.feecenter.ledger.TestDatabase;
import io.weir.usage.MeteredUsage;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.AvroSerializer;
import io.weir.wire.EmbeddedBroker;
import io.weir.wire.Topic;
import io.weir.wire.TopicNames;
import io.weir.wire.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Usage is copied as the topics say, from a real broker into a real database. */
class UsageReaderTest {

    private static final Map<String, String> KAFKA = Map.of(
            "bootstrap.servers", EmbeddedBroker.shared().bootstrapServers(), "schema.registry.url", "mock://usage");
    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    private static final String HOUR = "2026-03-02T08:00:00Z";

    private final TopicNames topics = new TopicNames(UUID.randomUUID() + "-");
    private final TestDatabase database = TestDatabase.shared();
    private final UsageQuery query = new UsageQuery(database.jdbi(), () -> NOW);
    private final KafkaProducer<byte[], byte[]> producer = producer(Map.of());
    private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();

    private static KafkaProducer<byte[], byte[]> producer(Map<String, String> more) {
        Map<String, Object> settings = new HashMap<>(KAFKA);
        settings.putAll(more);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @BeforeEach
    void makeTheTopics() throws Exception {
        serializer.configure(KAFKA, false);
        try (Admin admin = Admin.create(new HashMap<>(KAFKA))) {
            admin.createTopics(List.of(
                            new NewTopic(topics.of(Topics.CONTROL), 1, (short) 1),
                            new NewTopic(topics.of(Topics.METERED_USAGE), 2, (short) 1)))
                    .all()
                    .get();
        }
    }

    @AfterEach
    void close() {
        producer.close();
        database.close();
    }

    @Test
    void copiesAllPartitionsAndTheControlLogInTheBackground() throws Exception {
        // Given
        control(new SiteChange("cn1", "Asia/Shanghai", PriceGroup.CN, "ALIYUN"));
        control(catalogue("1000000", null));
        used(0, "", "10");

        try (UsageErrands errands = new UsageErrands(reader())) {
            errands.start(Duration.ofMillis(50));
            await().until(() -> logsToday().equals("10"));

            // When
            used(1, "nginx", "5");
            used(0, "", "20");

            // Then
            await().until(() -> logsToday().equals("25"));
            await().untilAsserted(() ->
                    assertThat(query.sites()).extracting(Site::site).containsExactly("cn1"));
        }
    }

    @Test
    void goesOnWhereTheDatabaseSaysAfterAStart() throws Exception {
        // Given
        control(catalogue("1000000", null));
        used(0, "", "10");
        readOnce();
        changeTheCopyTo("0");

        // When
        used(0, "nginx", "5");
        readOnce();

        // Then
        assertThat(logsToday()).as("the first record is not read again").isEqualTo("5");
    }

    @Test
    void readsFromTheBeginningWhereThePositionIsNotInTheLog() throws Exception {
        // Given
        control(catalogue("1000000", null));
        used(0, "", "10");
        readOnce();
        changeTheCopyTo("0");
        database.jdbi().useHandle(handle -> handle.execute("UPDATE usage_position SET next_offset = 1000"));

        // When
        readOnce();

        // Then
        assertThat(logsToday()).isEqualTo("10");
    }

    @Test
    void twoFeeCentersCopyEachRecordOnceInItsOrder() throws Exception {
        // Given
        control(catalogue("1000000", null));
        try (UsageErrands one = new UsageErrands(reader());
                UsageErrands other = new UsageErrands(reader())) {
            one.start(Duration.ofMillis(20));
            other.start(Duration.ofMillis(30));

            // When
            for (int total = 1; total <= 200; total++) {
                used(0, "", Integer.toString(total));
            }

            // Then
            await().until(() -> copied(0) == 200);
            assertThat(logsToday()).isEqualTo("200");
        }
    }

    @Test
    void whatWasNotCommittedDoesNotCount() throws Exception {
        // Given
        control(catalogue("1000000", null));
        try (KafkaProducer<byte[], byte[]> transactional = producer(
                Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, UUID.randomUUID().toString()))) {
            transactional.initTransactions();
            transactional.beginTransaction();
            transactional
                    .send(record(Topics.METERED_USAGE, 0, bytes("", "1000")))
                    .get();
            transactional.abortTransaction();
        }
        used(0, "", "10");

        // When / Then
        await().untilAsserted(
                        () -> { // nobody reads on before the broker has written that it is aborted
                            readOnce();
                            assertThat(logsToday()).isEqualTo("10");
                        });
    }

    @Test
    void whatIsUnreadableOrTooOldIsPassedOver() throws Exception {
        // Given
        control(catalogue("1000000", null));
        write(Topics.CONTROL, 0, new byte[] {1, 2, 3});
        write(Topics.METERED_USAGE, 0, new byte[] {1, 2, 3});
        control(new SiteChange("cn1", "Nowhere/At_All", PriceGroup.CN, "ALIYUN"));
        control(catalogue("a million", null));
        write(Topics.METERED_USAGE, 0, bytes(hour("2025-12-01T08:00:00Z", "", Map.of("log_records", "1"))));
        used(0, "", "10");

        // When
        readOnce();

        // Then
        assertThat(logsToday()).isEqualTo("10");
        assertThat(query.sites()).isEmpty();
        assertThat(database.number("SELECT count(*) FROM hourly_usage")).isEqualTo(1);
    }

    private UsageReader reader() {
        return new UsageReader(
                database.jdbi(),
                new KafkaConsumer<>(BillLineConsumer.settingsWithoutGroup(KAFKA)),
                topics.of(Topics.CONTROL),
                BillLineConsumer.deserializer(
                        AvroDeserializer.class.getName(), of(ControlRecord.class), ControlRecord.class),
                topics.of(Topics.METERED_USAGE),
                BillLineConsumer.deserializer(
                        AvroDeserializer.class.getName(), of(MeteredUsage.class), MeteredUsage.class),
                () -> NOW);
    }

    private static Map<String, String> of(Class<?> record) {
        Map<String, String> settings = new HashMap<>(KAFKA);
        settings.put("specific.avro.value.type", record.getName());
        return settings;
    }

    private void readOnce() {
        try (UsageReader reader = reader()) {
            reader.readOn();
        }
    }

    private void control(SpecificRecord change) throws Exception {
        byte[] value =
                Objects.requireNonNull(serializer.serialize(topics.of(Topics.CONTROL), new ControlRecord(change)));
        write(Topics.CONTROL, 0, value);
    }

    private void used(int partition, String resource, String logs) throws Exception {
        write(Topics.METERED_USAGE, partition, bytes(resource, logs));
    }

    private byte[] bytes(String resource, String logs) {
        return bytes(hour(HOUR, resource, Map.of("log_records", logs)));
    }

    private byte[] bytes(MeteredUsage usage) {
        return Objects.requireNonNull(serializer.serialize(topics.of(Topics.METERED_USAGE), usage));
    }

    private void write(Topic topic, int partition, byte[] value) throws Exception {
        producer.send(record(topic, partition, value)).get();
    }

    private ProducerRecord<byte[], byte[]> record(Topic topic, int partition, byte[] value) {
        return new ProducerRecord<>(topics.of(topic), partition, new byte[] {1}, value);
    }

    private void changeTheCopyTo(String value) {
        database.asSuperuser("UPDATE hourly_usage SET value = " + value);
    }

    private long copied(int partition) {
        return database.number("""
                SELECT coalesce(max(next_offset), 0) FROM usage_position WHERE topic = '%s' AND topic_partition = %d
                """.formatted(topics.of(Topics.METERED_USAGE), partition));
    }

    private String logsToday() {
        return query.meters(WORKSPACE, LocalDate.of(2026, 3, 2), ZoneId.of("Asia/Shanghai")).stream()
                .filter(use -> use.meter().equals("log_records"))
                .map(use -> use.value().toString())
                .findFirst()
                .orElse("nothing");
    }
}
