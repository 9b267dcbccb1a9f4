package io.weir.feecenter.settlement;

import static io.weir.feecenter.settlement.TestSettlement.WORKSPACE;
import static io.weir.feecenter.settlement.TestSettlement.log;
import static io.weir.wire.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.ControlRecord;
import io.weir.billing.PriceGroup;
import io.weir.billing.SiteChange;
import io.weir.billing.WorkspaceChange;
import io.weir.feecenter.ledger.BillLineConsumer;
import io.weir.usage.MeteringProgress;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.AvroSerializer;
import io.weir.wire.EmbeddedBroker;
import io.weir.wire.Topic;
import io.weir.wire.TopicNames;
import io.weir.wire.Topics;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Days are settled as the topics say, on a real broker. */
class SettlementErrandsTest {

    private static final Map<String, String> KAFKA = Map.of(
            "bootstrap.servers",
            EmbeddedBroker.shared().bootstrapServers(),
            "schema.registry.url",
            "mock://settlement");
    /** The end of the billing day in Shanghai. */
    private static final Instant DAY_END = Instant.parse("2026-03-02T16:00:00Z");

    private final TopicNames topics = new TopicNames(UUID.randomUUID() + "-");
    private final TestSettlement test = new TestSettlement();
    private final KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(new HashMap<>(KAFKA), new ByteArraySerializer(), new ByteArraySerializer());
    private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();

    @BeforeEach
    void makeTheTopics() throws Exception {
        serializer.configure(KAFKA, false);
        try (Admin admin = Admin.create(new HashMap<>(KAFKA))) {
            admin.createTopics(Stream.of(Topics.CONTROL, Topics.METERING_PROGRESS)
                            .map(topic -> new NewTopic(topics.of(topic), 1, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    @AfterEach
    void close() {
        producer.close();
        test.close();
    }

    @Test
    void aDayIsSettledOnceEveryPartitionReportsItAndTheSiteIsKnown() throws Exception {
        // Given
        test.topUp("30.00");
        test.post(log("10.00"));
        control(new WorkspaceChange(WORKSPACE, "cn1"));
        progress(0, DAY_END);
        progress(1, DAY_END.minusSeconds(1));

        try (SettlementErrands errands = errands()) {
            errands.start(Duration.ofMillis(50));

            // When
            control(new SiteChange("cn1", "Asia/Shanghai", PriceGroup.CN, "ALIYUN"));
            await().until(() -> zones() == 1);

            // Then
            assertThat(test.purses()).as("partition 1 is not there yet").containsExactly("CASH 30.00", "DEBT 0.00");

            // When
            progress(1, DAY_END);

            // Then
            await().until(() -> settledLines() == 1);
            assertThat(test.purses()).containsExactly("CASH 20.00", "DEBT 0.00");
        }
    }

    @Test
    void whatIsUnreadableOrContradictsWhatNeverChangesIsPassedOver() throws Exception {
        // Given
        test.post(log("10.00"));
        write(Topics.CONTROL, new byte[] {1, 2, 3});
        write(Topics.METERING_PROGRESS, new byte[] {1, 2, 3});
        control(new SiteChange("cn1", "Nowhere/At_All", PriceGroup.CN, "ALIYUN"));
        control(new SiteChange("cn1", "Asia/Shanghai", PriceGroup.CN, "ALIYUN"));
        control(new WorkspaceChange(WORKSPACE, "cn1"));
        control(new SiteChange("cn1", "America/Los_Angeles", PriceGroup.CN, "ALIYUN"));
        progress(0, DAY_END);
        progress(1, DAY_END);

        // When
        try (SettlementErrands errands = errands()) {
            errands.start(Duration.ofMillis(50));

            // Then
            await().until(() -> settledLines() == 1);
        }
    }

    @Test
    void anAccountThatCannotBeSettledKeepsNoOtherWaiting() throws Exception {
        // Given
        test.wallets.topUp("acct_0", "USD", new BigDecimal("1.00"), "in another currency than its lines");
        test.post(TestSettlement.line("acct_0", "log", "10.00"), log("10.00"));
        allIsKnown();

        // When
        try (SettlementErrands errands = errands()) {
            errands.start(Duration.ofMillis(50));

            // Then
            await().until(() -> settledLines() == 1);
            assertThat(test.purses()).containsExactly("CASH 0.00", "DEBT -10.00");
        }
    }

    @Test
    void aStartReadsBothTopicsAgainAndSettlesNothingTwice() throws Exception {
        // Given
        test.post(log("10.00"));
        allIsKnown();
        try (SettlementErrands errands = errands()) {
            errands.start(Duration.ofMillis(50));
            await().until(() -> settledLines() == 1);
        }

        // When
        test.post(log(1, "-4.00"));
        try (SettlementErrands errands = errands()) {
            errands.start(Duration.ofMillis(50));

            // Then
            await().until(() -> settledLines() == 2);
            assertThat(test.purses()).containsExactly("CASH 0.00", "DEBT -6.00");
        }
    }

    @Test
    void theClockOfMeteringGoesOnWhereTheLastStartLeftIt() throws Exception {
        // Given
        allIsKnown();
        try (SettlementErrands errands = errands()) {
            errands.start(Duration.ofMillis(50));
            await().until(() -> zones() == 1);
        }

        // When
        MeteringClock afterAStart = new MeteringClock(Clock.systemUTC());
        afterAStart.goOn(test.database.jdbi());

        // Then
        assertThat(afterAStart.instant()).isEqualTo(DAY_END);
    }

    private void allIsKnown() throws Exception {
        control(new SiteChange("cn1", "Asia/Shanghai", PriceGroup.CN, "ALIYUN"));
        control(new WorkspaceChange(WORKSPACE, "cn1"));
        progress(0, DAY_END);
        progress(1, DAY_END);
    }

    private SettlementErrands errands() {
        Map<String, Object> settings = BillLineConsumer.settings(KAFKA, "");
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        ProgressReader progress = new ProgressReader(
                test.database.jdbi(),
                new KafkaConsumer<>(settings),
                topics.of(Topics.CONTROL),
                BillLineConsumer.deserializer(
                        AvroDeserializer.class.getName(), of(ControlRecord.class), ControlRecord.class),
                topics.of(Topics.METERING_PROGRESS),
                BillLineConsumer.deserializer(
                        AvroDeserializer.class.getName(), of(MeteringProgress.class), MeteringProgress.class),
                new MeteringClock(test.clock()));
        return new SettlementErrands(
                progress,
                test.settling,
                new Arrears(test.database.jdbi(), test.clock()),
                new WorkspaceLocks(test.database.jdbi(), test.clock()),
                new Statements(test.database.jdbi(), test.clock()),
                Optional.empty());
    }

    private static Map<String, String> of(Class<?> record) {
        Map<String, String> settings = new HashMap<>(KAFKA);
        settings.put("specific.avro.value.type", record.getName());
        return settings;
    }

    private void control(SpecificRecord change) throws Exception {
        write(Topics.CONTROL, serializer.serialize(topics.of(Topics.CONTROL), new ControlRecord(change)));
    }

    private void progress(int partition, Instant issuedBefore) throws Exception {
        MeteringProgress report = new MeteringProgress(partition, 2, issuedBefore, issuedBefore);
        write(Topics.METERING_PROGRESS, serializer.serialize(topics.of(Topics.METERING_PROGRESS), report));
    }

    private void write(Topic topic, byte @Nullable [] value) throws Exception {
        producer.send(new ProducerRecord<>(topics.of(topic), 0, new byte[] {1}, value))
                .get();
    }

    private long settledLines() {
        return test.database.number("SELECT count(*) FROM settled_line");
    }

    private long zones() {
        return test.database.number("SELECT count(*) FROM workspace_zone");
    }
}
