package io.weir.feecenter.account;

import static io.weir.feecenter.account.ConsoleAccountsTest.PASSWORD;
import static io.weir.wire.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.billing.AccountChange;
import io.weir.billing.ControlRecord;
import io.weir.billing.WorkspaceChange;
import io.weir.feecenter.ledger.TestDatabase;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.EmbeddedBroker;
import io.weir.wire.Ends;
import io.weir.wire.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxRelayTest {

    private static final String BROKER = EmbeddedBroker.shared().bootstrapServers();

    private final TestDatabase database = TestDatabase.migrated();
    private final SettableClock clock = new SettableClock();
    private final FeeCenterAccounts accounts = new FeeCenterAccounts(database.sink(), clock);
    private final String topic = database.name() + "." + Topics.CONTROL.name();
    private final OutboxRelay relay = RelayProcess.relay(database.sink(), BROKER, topic);

    @BeforeEach
    void makeTheTopic() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", BROKER))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
            await().until(() -> admin.listTopics().names().get().contains(topic));
        }
    }

    @AfterEach
    void close() {
        relay.close();
        database.close();
    }

    @Test
    void publishesEachChangeOnceInTheOrderOfTheTransactions() {
        String ada = new ConsoleAccounts(database.sink(), clock)
                .register("cn1", "ada@example.com", null, "Ada", PASSWORD)
                .consoleAccountId();
        Workspace shop = new Workspaces(database.sink(), clock).create(ada, "Shop");
        FeeCenterAccount acme = register("acme");

        assertThat(relay.publishWaiting()).isEqualTo(2);
        assertThat(relay.publishWaiting()).isZero();

        assertThat(changes())
                .containsExactly(
                        new WorkspaceChange(shop.workspaceId(), "cn1"),
                        new AccountChange(acme.accountId(), "acme", "CNY"));
        assertThat(relay.waiting()).isZero();
    }

    @Test
    void tellsNothingOfAChangeThatWasRefused() {
        register("acme");
        assertThatThrownBy(() -> register("ACME")).isInstanceOf(AccountRefused.class);
        register("other");

        assertThat(OutboxCheck.of(database.jdbi()).changes()).isEqualTo(2);
        assertThat(relay.publishWaiting()).isEqualTo(2);
        assertThat(seqs()).containsExactly(1L, 2L);
        assertThat(OutboxCheck.of(database.jdbi())).isEqualTo(new OutboxCheck(0, Duration.ZERO, 0));
    }

    @Test
    void manyFeeCentersThatTakeTurnsPublishEachChangeOnceAndFailNever() throws Exception {
        ExecutorService crowd = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> work = new ArrayList<>();
            for (int center = 0; center < 2; center++) {
                String name = "center" + center;
                work.add(crowd.submit(() -> {
                    try (OutboxRelay own = RelayProcess.relay(database.sink(), BROKER, topic)) {
                        for (int i = 0; i < 10; i++) {
                            register(name + i);
                            own.publishWaiting();
                        }
                    }
                }));
            }
            for (var each : work) {
                each.get();
            }
        } finally {
            crowd.shutdown();
        }
        await().until(() -> relay.publishWaiting() == 0 && relay.waiting() == 0);

        assertThat(seqs())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 20).boxed().toList());
    }

    @Test
    void publishesNothingTwiceAfterAKillBetweenPublishingAndMarking(@TempDir Path directory) throws Exception {
        // Given: whoever marks has to wait for a lock
        administrate("""
                CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN IF NEW.published_seq > 0 THEN PERFORM pg_advisory_xact_lock(42); END IF; RETURN NEW; END $$""");
        administrate(
                "CREATE TRIGGER waits BEFORE UPDATE ON control_outbox_position FOR EACH ROW EXECUTE FUNCTION wait()");
        IntStream.range(0, 5).forEach(i -> register("early" + i));
        Process killed;
        try (Connection connection = database.owner().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(42)");

            // When
            killed = RelayProcess.start(database.url(), BROKER, topic, directory.resolve("log"));
            await().until(() -> seqs().size() == 5);
            killed.destroyForcibly().waitFor();
            statement.execute("SELECT pg_advisory_unlock(42)");
        }

        // Then
        administrate("DROP TRIGGER waits ON control_outbox_position");
        assertThat(database.number("SELECT published_seq FROM control_outbox_position"))
                .as("marked")
                .isZero();
        register("late");
        await().until(() -> relay.publishWaiting() == 1);
        assertThat(seqs()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void publishesOnceWhatAKilledRelayHadSentAndNotCommitted() {
        register("acme");
        KafkaProducer<byte[], byte[]> killed = new KafkaProducer<>(
                Map.of("bootstrap.servers", BROKER, "transactional.id", "outbox-of-" + topic),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        killed.initTransactions();
        killed.beginTransaction();
        var unused = killed.send(new ProducerRecord<>(topic, 0, null, "half of it".getBytes(UTF_8)));
        killed.flush();

        assertThat(relay.publishWaiting()).isEqualTo(1);

        assertThat(seqs()).containsExactly(1L);
        assertThatThrownBy(killed::commitTransaction).isInstanceOf(KafkaException.class);
        killed.close(Duration.ZERO);
    }

    @Test
    void stopsLoudlyWhenTheDatabaseWasRestoredFromACopyThatLacksWhatWasPublished() {
        register("acme");
        relay.publishWaiting();
        register("lost");
        relay.publishWaiting();
        database.asSuperuser("""
                SET session_replication_role = replica;
                DELETE FROM control_outbox WHERE seq = 2;
                UPDATE control_outbox_number SET last_seq = 1;
                UPDATE control_outbox_position SET published_seq = 1, next_offset = 2""");
        register("other");

        try (OutboxRelay restarted = RelayProcess.relay(database.sink(), BROKER, topic)) {
            assertThatThrownBy(restarted::publishWaiting)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("restored from a copy");
        }
        assertThat(seqs()).containsExactly(1L, 2L);
    }

    @Test
    void tellsTheControlLogSoonAfterAChangeAndGoesOnAfterAFailure() {
        register("acme");
        administrate("ALTER TABLE control_outbox_position RENAME TO away");
        try (MailServer server = new MailServer();
                AccountErrands errands =
                        new AccountErrands(relay, Optional.of(new Mailings(database.sink(), clock, server.mail())))) {
            errands.start(Duration.ofMillis(50));
            administrate("ALTER TABLE away RENAME TO control_outbox_position");

            await().until(() -> seqs().equals(List.of(1L)));
            register("other");
            await().until(() -> seqs().equals(List.of(1L, 2L)));
        }
    }

    @Test
    void takesSecretsFromWhereTheClientsOfKafkaDo(@TempDir Path secrets) throws Exception {
        // Given
        Files.writeString(secrets.resolve("brokers"), BROKER);
        register("acme");

        // When
        try (OutboxRelay own = RelayProcess.relay(
                database.sink(),
                Map.of(
                        "config.providers", "file",
                        "config.providers.file.class", DirectoryConfigProvider.class.getName(),
                        "bootstrap.servers", "${file:%s:brokers}".formatted(secrets)),
                topic)) {
            // Then
            assertThat(own.publishWaiting()).isEqualTo(1);
        }
    }

    private FeeCenterAccount register(String userName) {
        return accounts.register(userName, Currency.CNY, "ada@example.com", null, PASSWORD);
    }

    private void administrate(String command) {
        database.asSuperuser(command);
    }

    private List<Object> changes() {
        AvroDeserializer<ControlRecord> deserializer = new AvroDeserializer<>();
        deserializer.configure(
                Map.of(
                        "schema.registry.url",
                        "mock://outbox",
                        "specific.avro.value.type",
                        ControlRecord.class.getName()),
                false);
        return read().stream()
                .map(record -> Objects.requireNonNull(deserializer.deserialize(topic, record.value()))
                        .getChange())
                .toList();
    }

    /** The numbers of the rows that stand on the topic, in its order. */
    private List<Long> seqs() {
        return read().stream()
                .map(record -> Long.valueOf(new String(
                        record.headers().lastHeader(ControlLogEnd.SEQ).value(), UTF_8)))
                .toList();
    }

    private static long end(TopicPartition log) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", BROKER))) {
            return Objects.requireNonNull(Ends.ofAll(admin, Set.of(log)).get(log));
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> read() {
        TopicPartition log = new TopicPartition(topic, 0);
        List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", BROKER, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(log));
            consumer.seekToBeginning(List.of(log));
            long end = end(log);
            while (consumer.position(log) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(read::add);
            }
        }
        return read;
    }
}
