package io.weir.deploy.held;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.BillLine;
import io.weir.billing.HeldLine;
import io.weir.billing.HoldReason;
import io.weir.billing.LineKind;
import io.weir.feecenter.ledger.LedgerSchema;
import io.weir.wire.AvroSerializer;
import io.weir.wire.EmbeddedBroker;
import io.weir.wire.Patience;
import io.weir.wire.Topics;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands against a broker and a ledger in which one account is stopped and one charge is held. */
class HeldTest {

    private static final String REGISTRY = "mock://held";
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedPostgres postgres;

    private static String settings = "";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine held = new CommandLine(new Held())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .setExecutionExceptionHandler((failure, command, parsed) -> {
                command.getErr().println(failure.getMessage());
                return 1;
            });

    @BeforeAll
    static void holdAChargeAndStopAnAccount() throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.shared();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(Topics.HELD_LINES.newTopic(2, (short) 1)))
                    .all()
                    .get();
        }
        postgres =
                EmbeddedPostgres.builder().setPGStartupWait(Patience.PATIENCE).start();
        LedgerSchema.migrate(postgres.getPostgresDatabase(), "public", "postgres");
        holdCharges(broker.bootstrapServers());
        stopAccount();
        Path file = folder.resolve("fee-center.properties");
        Files.write(
                file,
                List.of(
                        "kafka.bootstrap.servers=" + broker.bootstrapServers(),
                        "schema.registry.url=" + REGISTRY,
                        "weir.database.url=jdbc:postgresql://127.0.0.1:%d/postgres".formatted(postgres.getPort()),
                        "weir.database.user=postgres",
                        "weir.database.owner.user=postgres"));
        settings = file.toString();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    private static void holdCharges(String bootstrapServers) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new ByteArraySerializer())) {
            for (HeldLine line : List.of(
                    charge("log", HoldReason.NO_PRICE), charge("span", HoldReason.NO_PRICE), charge("span", null))) {
                var unused = producer.send(new ProducerRecord<>(
                        Topics.HELD_LINES.name(), "acct_held", bytes(Topics.HELD_LINES.name(), line)));
            }
        }
    }

    private static HeldLine charge(String item, @Nullable HoldReason reason) {
        return new HeldLine(DAY, "acct_held", "wksp_a", "", item, 14, reason, "10", "0", "USD", 5L);
    }

    /** Revision 1 came first, so it is a gap; revision 0 of another item waits behind it. */
    private static void stopAccount() throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            holdBack(connection, 17, "REVISION_GAP", line("log", 1));
            holdBack(connection, 18, "ACCOUNT_STOPPED", line("span", 0));
            statement.execute("INSERT INTO account_stop (account_id, reason, detail, topic_partition, topic_offset)"
                    + " VALUES ('acct_a', 'REVISION_GAP', 'revision 0 is missing', 0, 17)");
        }
    }

    private static void holdBack(Connection connection, long offset, String reason, BillLine line) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement("INSERT INTO hold_back"
                + " (topic_partition, topic_offset, account_id, line_id, reason, detail, bytes)"
                + " VALUES (0, ?, 'acct_a', ?, ?, 'revision 0 is missing', ?)")) {
            row.setLong(1, offset);
            row.setString(2, line.getLineId());
            row.setString(3, reason);
            row.setBytes(4, bytes(Topics.BILL_LINES.name(), line));
            row.execute();
        }
    }

    private static BillLine line(String item, int revision) {
        String about = String.join("\n", DAY.toString(), "acct_a", "wksp_a", "", item, "", "" + revision);
        String id = DigestUtils.sha256Hex(about).substring(0, 32);
        return new BillLine(
                id,
                DAY,
                "acct_a",
                "wksp_a",
                "",
                item,
                null,
                revision,
                LineKind.CLOSE,
                "10",
                "1.50",
                "USD",
                "10",
                "1.50",
                null,
                List.of(),
                null,
                null,
                List.of(1L),
                17L);
    }

    private static <T extends SpecificRecord> byte[] bytes(String topic, T value) {
        try (AvroSerializer<T> serializer = new AvroSerializer<>()) {
            serializer.configure(Map.of("schema.registry.url", REGISTRY), false);
            return Objects.requireNonNull(serializer.serialize(topic, value));
        }
    }

    @Test
    void showsDecidesAndShowsWhatIsLeft() {
        assertThat(run("list"))
                .contains(
                        "Held by the metering stream: 1 charges",
                        "NO_PRICE  publish a price in USD for log, retention 14 days",
                        "Held back by the ledger: 2 lines, 1 accounts stopped; written off: 0 lines",
                        "0:17  REVISION_GAP",
                        "2026-03-02 wksp_a log revision 1: USD 1.50",
                        "and 1 lines that wait behind");

        assertThat(run("write-off", "--line", "0:17", "--why", "lost for good", "--by", "ada"))
                .isEqualTo("0:17: written off; 1 lines of its account still wait: weir held release\n");
        assertThat(run("release", "acct_a", "--why", "the gap is known", "--by", "ada"))
                .isEqualTo("acct_a: 1 lines posted, 0 stood in the ledger already, 0 held back again\n");

        assertThat(run("list")).contains("Held back by the ledger: 0 lines, 0 accounts stopped; written off: 1 lines");
        assertThat(run("list", "--csv").lines())
                .anyMatch(row -> row.startsWith("METERING_STREAM,acct_held,2026-03-02,wksp_a,,log,14,10,,USD,NO_PRICE"))
                .anyMatch(row -> row.startsWith("LEDGER,acct_a,2026-03-02,wksp_a,,log,,10,1.50,USD,REVISION_GAP"));
        assertThat(fail("write-off", "--line", "0:17", "--why", "again"))
                .contains("Nothing was changed: partition 0, offset 17");
    }

    @Test
    void namesWhatIsWrongWithACommand() {
        assertThat(fail("release", "acct_none", "--why", "because"))
                .contains("Nothing was changed: account acct_none: no line of it");
        assertThat(fail("write-off", "--line", "17", "--why", "because")).contains("not PARTITION:OFFSET");
        assertThat(fail("write-off", "--why", "because")).contains("Missing required argument");
    }

    private String run(String... arguments) {
        assertThat(held.execute(with(arguments))).as(err.toString()).isZero();
        return takeText(out);
    }

    private String fail(String... arguments) {
        assertThat(held.execute(with(arguments))).isNotZero();
        return takeText(err);
    }

    private static String takeText(StringWriter said) {
        String text = said.toString();
        said.getBuffer().setLength(0);
        return text;
    }

    private static String[] with(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--fee-center", settings));
        return all.toArray(String[]::new);
    }
}
