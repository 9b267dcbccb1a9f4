package io.weir.deploy.examples;

import static io.weir.wire.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.BillLine;
import io.weir.billing.LineKind;
import io.weir.wire.AvroSerializer;
import io.weir.wire.EmbeddedBroker;
import io.weir.wire.EmbeddedRegistry;
import io.weir.wire.Patience;
import io.weir.wire.TopicCreation;
import io.weir.wire.Topics;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.tools.ToolProvider;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample consumer as its reader takes it: compiled from its file, run as a process, killed. */
class PostingConsumerTest {

    private static final Path EXAMPLES = Path.of("examples/java");
    private static final int TRANSACTIONS = 40;
    private static final int LINES_IN_ONE = 50;

    private final List<Process> consumers = new ArrayList<>();
    private final AtomicInteger number = new AtomicInteger();

    @TempDir
    Path folder;

    private EmbeddedPostgres postgres;

    @BeforeEach
    void prepare() throws IOException, SQLException {
        postgres =
                EmbeddedPostgres.builder().setPGStartupWait(Patience.PATIENCE).start();
        try (Connection owner = postgres.getPostgresDatabase().getConnection();
                Statement statement = owner.createStatement()) {
            statement.execute(Files.readString(EXAMPLES.resolve("books.sql")));
        }
        Files.write(
                folder.resolve("kafka.properties"),
                List.of(
                        "bootstrap.servers=" + EmbeddedBroker.shared().bootstrapServers(),
                        "schema.registry.url=" + EmbeddedRegistry.shared().url(),
                        "group.id=posting-consumer-test",
                        "session.timeout.ms=2000",
                        "heartbeat.interval.ms=300",
                        "max.poll.records=20"));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-Xlint:all",
                                "-d",
                                folder.toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                EXAMPLES.resolve("PostingConsumer.java").toString()))
                .isZero();
    }

    @AfterEach
    void stop() throws IOException {
        consumers.forEach(Process::destroyForcibly);
        consumers.forEach(consumer -> consumer.onExit().join());
        postgres.close();
    }

    @Test
    void everyCommittedLineIsPostedOnceOverKillsAndRebalances() throws Exception {
        // Given
        createTopic();
        writeLines();

        // When
        Process first = startConsumer();
        awaitPosted(100);
        first.destroyForcibly().onExit().join();
        Process second = startConsumer();
        startConsumer();
        awaitPosted(TRANSACTIONS * LINES_IN_ONE / 2);
        second.destroyForcibly().onExit().join();
        awaitPosted(TRANSACTIONS * LINES_IN_ONE);

        // Then
        assertThat(posted("SELECT count(*) FROM line")).isEqualTo(TRANSACTIONS * LINES_IN_ONE);
        assertThat(posted("SELECT count(*) FROM line WHERE amount <> 0.01")).isZero();
    }

    private static void createTopic() {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", EmbeddedBroker.shared().bootstrapServers()))) {
            new TopicCreation(admin, 2, (short) 1).create(List.of(Topics.BILL_LINES));
        }
    }

    /** Every second transaction is aborted; its lines would cost 9.99. */
    private void writeLines() {
        AvroSerializer<BillLine> serializer = new AvroSerializer<>();
        serializer.configure(EmbeddedRegistry.shared().settings(), false);
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        EmbeddedBroker.shared().bootstrapServers(),
                        "transactional.id",
                        "posting-consumer-test"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            for (int transaction = 0; transaction < TRANSACTIONS; transaction++) {
                write(producer, serializer, "9.99");
                producer.abortTransaction();
                write(producer, serializer, "0.01");
                producer.commitTransaction();
            }
        }
    }

    private void write(Producer<byte[], byte[]> producer, AvroSerializer<BillLine> serializer, String amount) {
        producer.beginTransaction();
        for (int line = 0; line < LINES_IN_ONE; line++) {
            String account = "acct_" + line;
            byte[] value =
                    serializer.serialize(Topics.BILL_LINES.name(), line(account, number.getAndIncrement(), amount));
            var unused = producer.send(new ProducerRecord<>(Topics.BILL_LINES.name(), account.getBytes(UTF_8), value));
        }
    }

    private static BillLine line(String account, int number, String amount) {
        return new BillLine(
                "%032x".formatted(number),
                LocalDate.of(2026, 3, 2),
                account,
                "wksp_a",
                "",
                "log",
                null,
                number,
                LineKind.CLOSE,
                "1",
                amount,
                "USD",
                "1",
                amount,
                null,
                List.of(),
                null,
                null,
                List.of(1L),
                1L);
    }

    private Process startConsumer() throws IOException {
        Process consumer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        folder + ":" + System.getProperty("java.class.path"),
                        "PostingConsumer",
                        folder.resolve("kafka.properties").toString(),
                        postgres.getJdbcUrl("postgres", "postgres"))
                .redirectErrorStream(true)
                .redirectOutput(
                        folder.resolve("consumer-" + consumers.size() + ".log").toFile())
                .start();
        consumers.add(consumer);
        return consumer;
    }

    private void awaitPosted(long lines) {
        await().until(() -> posted("SELECT count(*) FROM line") >= lines);
    }

    private long posted(String query) throws SQLException {
        try (Connection reader = postgres.getPostgresDatabase().getConnection();
                Statement statement = reader.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            assertThat(row.next()).isTrue();
            return new BigDecimal(row.getString(1)).longValueExact();
        }
    }
}
