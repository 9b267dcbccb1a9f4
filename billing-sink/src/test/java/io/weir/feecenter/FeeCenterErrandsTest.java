package io.weir.feecenter;

import static io.weir.wire.Patience.PATIENCE;
import static io.weir.wire.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.AccountChange;
import io.weir.billing.BindingChange;
import io.weir.billing.ControlRecord;
import io.weir.billing.PriceGroup;
import io.weir.billing.SiteChange;
import io.weir.billing.WorkspaceChange;
import io.weir.feecenter.FeeCenterConfig.ErrandSettings;
import io.weir.feecenter.FeeCenterConfig.Login;
import io.weir.feecenter.FeeCenterConfig.Time;
import io.weir.feecenter.account.Binding;
import io.weir.feecenter.account.Codes;
import io.weir.feecenter.account.ConsoleAccounts;
import io.weir.feecenter.account.Currency;
import io.weir.feecenter.account.MailServer;
import io.weir.feecenter.account.Upgrades;
import io.weir.feecenter.account.Upgrades.Acceptance;
import io.weir.feecenter.account.Workspaces;
import io.weir.feecenter.ledger.TestDatabase;
import io.weir.feecenter.ledger.TestLines;
import io.weir.feecenter.web.ConsoleSettings;
import io.weir.usage.MeteringProgress;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.AvroSerializer;
import io.weir.wire.EmbeddedBroker;
import io.weir.wire.Secret;
import io.weir.wire.Settings;
import io.weir.wire.Topic;
import io.weir.wire.TopicCreation;
import io.weir.wire.TopicNames;
import io.weir.wire.Topics;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the fee center does beside the posting: it tells of changes, and settles days that are complete. */
class FeeCenterErrandsTest {

    private static final Map<String, String> KAFKA = Map.of(
            "bootstrap.servers", EmbeddedBroker.shared().bootstrapServers(), "schema.registry.url", "mock://errands");
    private static final Secret PASSWORD = new Secret("correct horse battery staple");
    /** The end in Shanghai of the day of {@link TestLines}. */
    private static final Instant DAY_END = Instant.parse("2026-03-02T16:00:00Z");

    private final TopicNames topics = new TopicNames(UUID.randomUUID() + "-");
    private final TestDatabase database = TestDatabase.migrated();
    private final MailServer mailServer = new MailServer();
    private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
    private final KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(new HashMap<>(KAFKA), new ByteArraySerializer(), new ByteArraySerializer());
    private FeeCenter feeCenter;
    private CompletableFuture<Void> run;

    @BeforeEach
    void start() throws Exception {
        serializer.configure(KAFKA, false);
        try (Admin admin = Admin.create(new HashMap<>(KAFKA))) {
            new TopicCreation(admin, 1, (short) 1).create(topics.all());
        }
        feeCenter = new FeeCenter(config());
        run = CompletableFuture.runAsync(feeCenter::run, work -> new Thread(work, "fee-center").start());
    }

    @AfterEach
    void stop() throws Exception {
        feeCenter.stop();
        run.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        feeCenter.close();
        producer.close();
        mailServer.close();
        database.close();
    }

    @Test
    void anUpgradeReachesTheControlLogAndIsToldByMail() {
        // Given
        Clock clock = Clock.systemUTC();
        Codes codes = new Codes(database.sink(), clock, Optional.of(mailServer.mail()));
        String ada = new ConsoleAccounts(database.sink(), clock)
                .register("cn1", "ada@example.com", null, "Ada", PASSWORD)
                .consoleAccountId();
        String shop = new Workspaces(database.sink(), clock).create(ada, "Shop").workspaceId();

        // When
        Binding binding = new Upgrades(database.sink(), clock, codes)
                .upgradeWithNewAccount(
                        shop,
                        ada,
                        "acme",
                        Currency.CNY,
                        "ada@example.com",
                        null,
                        PASSWORD,
                        new Acceptance("terms 2026-01", Locale.ENGLISH));

        // Then
        await().until(() -> controlLog().size() == 3);
        assertThat(controlLog())
                .contains(new WorkspaceChange(shop, "cn1"), new AccountChange(binding.accountId(), "acme", "CNY"))
                .last()
                .isInstanceOfSatisfying(
                        BindingChange.class,
                        change -> assertThat(change.getWorkspaceId()).isEqualTo(shop));
        await().until(() -> mailServer.received().size() == 1);
    }

    @Test
    void aDayIsSettledOnceMeteringHasPassedItsEnd() throws Exception {
        // Given
        write(Topics.CONTROL, new ControlRecord(new SiteChange("cn1", "Asia/Shanghai", PriceGroup.CN, "ALIYUN")));
        write(Topics.CONTROL, new ControlRecord(new WorkspaceChange("wksp_tests", "cn1")));
        write(Topics.METERING_PROGRESS, new MeteringProgress(0, 1, DAY_END, DAY_END.minusSeconds(1)));
        write(Topics.BILL_LINES, TestLines.line("acct_a", "log", "1.50"));
        await().until(() -> number("SELECT count(*) FROM bill_line") == 1);
        await().until(() -> number("SELECT count(*) FROM metering_progress") == 1);
        assertThat(number("SELECT count(*) FROM settled_line")).isZero();

        // When
        write(Topics.METERING_PROGRESS, new MeteringProgress(0, 1, DAY_END, DAY_END));

        // Then
        await().until(() -> number("SELECT count(*) FROM settled_line") == 1);
        assertThat(number("SELECT sum(balance * 100) FROM purse")).as("owed").isEqualTo(-150);
    }

    @Test
    void showsWhatWaitsAndWhetherThePursesAreRight() throws Exception {
        // When
        write(Topics.BILL_LINES, TestLines.line("acct_a", "log", "1.50"));

        // Then
        await().untilAsserted(() -> assertThat(metrics())
                .contains(
                        "weir_settlement_open_lines 1.0\n",
                        "weir_settlement_wait_seconds 0.0\n",
                        "weir_settlement_wrong_purses 0.0\n",
                        "weir_control_outbox_changes 0.0\n",
                        "weir_control_outbox_wait_seconds 0.0\n",
                        "weir_mail_outbox_mails 0.0\n",
                        "weir_errands_failures_total{errands=\"account\"} 0.0\n",
                        "weir_errands_failures_total{errands=\"settlement\"} 0.0\n"));
    }

    private String metrics() throws Exception {
        URI address = URI.create("http://127.0.0.1:%d/metrics".formatted(feeCenter.port()));
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body();
    }

    private void write(Topic topic, SpecificRecord record) throws Exception {
        byte[] value = serializer.serialize(topics.of(topic), record);
        producer.send(new ProducerRecord<>(topics.of(topic), 0, new byte[] {1}, value))
                .get();
    }

    private List<Object> controlLog() {
        AvroDeserializer<ControlRecord> deserializer = new AvroDeserializer<>();
        deserializer.configure(
                Map.of(
                        "schema.registry.url",
                        "mock://errands",
                        "specific.avro.value.type",
                        ControlRecord.class.getName()),
                false);
        TopicPartition log = new TopicPartition(topics.of(Topics.CONTROL), 0);
        List<Object> changes = new ArrayList<>();
        Map<String, Object> settings = new HashMap<>(KAFKA);
        settings.put("isolation.level", "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(log));
            consumer.seekToBeginning(List.of(log));
            long end = Objects.requireNonNull(consumer.endOffsets(List.of(log)).get(log));
            while (consumer.position(log) < end) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> changes.add(
                                Objects.requireNonNull(deserializer.deserialize(log.topic(), record.value()))
                                        .getChange()));
            }
        }
        return changes;
    }

    private long number(String query) {
        return database.number(query);
    }

    private FeeCenterConfig config() {
        return new FeeCenterConfig(
                topics,
                TestDatabase.SCHEMA,
                new Login(database.url(), TestDatabase.SINK, Optional.of(new Secret(TestDatabase.PASSWORD))),
                Optional.empty(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                "errands-test",
                Duration.ofSeconds(1),
                ConsoleSettings.from(Settings.load(new String[0], Map.of("WEIR_CONSOLE_PORT", "0"))),
                Time.SYSTEM,
                new ErrandSettings(Duration.ofMillis(100), Optional.of(mailServer.settings())),
                "io.weir.wire.AvroDeserializer",
                KAFKA);
    }
}
