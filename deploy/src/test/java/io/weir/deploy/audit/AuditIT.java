package io.weir.deploy.audit;

import static io.weir.wire.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.BillLine;
import io.weir.billing.ControlRecord;
import io.weir.billing.WorkspaceChange;
import io.weir.deploy.console.Progress;
import io.weir.deploy.rejected.Rejected;
import io.weir.deploy.scenario.ControlChange;
import io.weir.deploy.scenario.Loader;
import io.weir.deploy.scenario.Scenario;
import io.weir.deploy.scenario.UsageRecord;
import io.weir.deploy.send.Send;
import io.weir.deploy.stack.DataFolder;
import io.weir.deploy.stack.Pipeline;
import io.weir.deploy.stack.Stack;
import io.weir.deploy.watch.Completion;
import io.weir.deploy.watch.MeteringMetrics;
import io.weir.deploy.watch.Outcome;
import io.weir.deploy.watch.Target;
import io.weir.feecenter.ledger.BillQuery;
import io.weir.feecenter.ledger.BillQuery.Conservation;
import io.weir.wire.AvroSerializer;
import io.weir.wire.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The operator's commands on a stack of real parts that has metered and billed the tiny scenario. */
class AuditIT {

    private static final Path TINY = Path.of("src/test/resources/scenarios/tiny");
    private static final int PARTITIONS = 2;
    private static final Instant END = Instant.parse("2026-03-09T00:00:00Z");

    private record Answer(int status, String text) {}

    @TempDir
    Path folder;

    @Test
    void whatAddsUpPassesAndWhatIsPlantedIsNamed() throws Exception {
        try (Stack stack = Stack.start(DataFolder.openNew(folder), PARTITIONS);
                Loader loader = new Loader(
                        stack.broker().bootstrapServers(), stack.registry().url(), PARTITIONS)) {
            // Given
            Pipeline pipeline = bill(stack, loader);

            // Then
            assertThat(audit()).satisfies(answer -> {
                assertThat(answer.text()).contains("Everything adds up.").doesNotContain("DIFFER");
                assertThat(answer.status()).isZero();
            });
            refusedEventsComeBack(pipeline, loader);
            usageFromAFileCountsOnce(pipeline);
            aBogusLineIsNamed(stack);
            aRowThatIsGoneIsNamed(stack);
        }
    }

    private static Pipeline bill(Stack stack, Loader loader) {
        Scenario scenario = Scenario.open(TINY);
        loader.loadControl(scenario.control());
        Pipeline pipeline = Pipeline.start(stack);
        try (Stream<UsageRecord> usage = scenario.usage()) {
            usage.forEachOrdered(loader::load);
        }
        loader.heartbeat(END.minus(Duration.ofHours(1)));
        loader.heartbeat(END);
        loader.flush();
        new Completion(pipeline, Progress.onStandardError())
                .await(new Target(END, END.minus(Duration.ofDays(1)), loader.usageSent()));
        return pipeline;
    }

    private void refusedEventsComeBack(Pipeline pipeline, Loader loader) {
        // Given
        Answer list = run(new Rejected(), "list", "--reason", "UNKNOWN_WORKSPACE", "--csv");
        String[] row = list.text().lines().skip(1).findFirst().orElseThrow().split(",", -1);
        String workspace = row[1];
        assertThat(run(new Rejected(), "show", row[6], row[7]).text())
                .contains("UNKNOWN_WORKSPACE", "\"workspace_id\" : \"" + workspace + "\"", "send again  possible");

        // When
        loader.loadControl(
                List.of(new ControlChange(workspace, new ControlRecord(new WorkspaceChange(workspace, "cn1")))));
        Answer dryRun = run(new Rejected(), "resend", "--workspace", workspace);
        Answer sent = run(new Rejected(), "resend", "--workspace", workspace, "--yes");
        Answer sentTwice = run(new Rejected(), "resend", "--at", row[6] + ":" + row[7], "--yes");

        // Then
        assertThat(dryRun.text()).contains("1 of 1 would be sent", "--yes");
        assertThat(sent.text()).contains("1 of 1 sent");
        assertThat(sentTwice.text()).contains("1 of 1 sent");
        MeteringMetrics metrics = new MeteringMetrics(pipeline.meterings());
        await().untilAsserted(() -> assertThat(metrics.outcomes())
                .containsEntry(outcome("ACCEPTED"), 241L)
                .containsEntry(outcome("DUPLICATE"), 9L));
        everythingAddsUpOnceItIsCommitted();
    }

    private void usageFromAFileCountsOnce(Pipeline pipeline) throws IOException {
        // Given
        String line =
                "{\"value\":{\"workspace_id\":\"wksp_trial\",\"occurred_at\":\"%s\",\"readings\":{\"log_records\":\"7\"}}}\n"
                        .formatted(END.minus(Duration.ofHours(2)));
        Path file = Files.writeString(folder.resolve("usage.ndjson"), line + line);

        // When
        Answer sent = run(new Send(), file.toString(), "--source", "laptop");
        Answer sentTwice = run(new Send(), file.toString(), "--source", "laptop");

        // Then
        assertThat(sent.text()).contains("wksp_trial: 2 events");
        assertThat(sentTwice.text()).contains("wksp_trial: 2 events");
        MeteringMetrics metrics = new MeteringMetrics(pipeline.meterings());
        await().untilAsserted(() -> assertThat(metrics.outcomes())
                .containsEntry(outcome("ACCEPTED"), 243L)
                .containsEntry(outcome("DUPLICATE"), 11L));
        everythingAddsUpOnceItIsCommitted();
    }

    private void aBogusLineIsNamed(Stack stack) throws ExecutionException, InterruptedException {
        // When
        BillLine bogus = BillLine.newBuilder(TestLine.first()).setItem("trace").build();
        send(stack, bogus);
        await().until(() -> new BillQuery(stack.ledger())
                        .conservation().stream()
                                .mapToLong(Conservation::heldBack)
                                .sum()
                == 1);

        // Then
        assertThat(audit()).satisfies(answer -> {
            assertThat(answer.text()).contains("line " + bogus.getLineId() + " has fields that hash to");
            assertThat(answer.text()).contains("1 records are held back in the ledger as WRONG_LINE_ID");
            assertThat(answer.status()).isEqualTo(1);
        });
    }

    private static void send(Stack stack, BillLine line) throws ExecutionException, InterruptedException {
        AvroSerializer<BillLine> serializer = new AvroSerializer<>();
        serializer.configure(Map.of("schema.registry.url", stack.registry().url()), false);
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.broker().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            String topic = Topics.BILL_LINES.name();
            producer.send(new ProducerRecord<>(
                            topic, line.getAccountId().getBytes(UTF_8), serializer.serialize(topic, line)))
                    .get();
        }
    }

    private void aRowThatIsGoneIsNamed(Stack stack) throws SQLException {
        // When
        String lineId = deleteALine(stack);

        // Then
        assertThat(audit()).satisfies(answer -> {
            assertThat(answer.text()).contains("line " + lineId + ", is neither in the ledger nor held back");
            assertThat(answer.status()).isEqualTo(1);
        });
    }

    /** As somebody might who owns the tables: the triggers first, then what refers to the line, then the line. */
    private static String deleteALine(Stack stack) throws SQLException {
        try (Connection owner = DriverManager.getConnection(stack.database().url(), "weir_owner", "");
                Statement statement = owner.createStatement()) {
            owner.setAutoCommit(false);
            statement.execute("ALTER TABLE posting DISABLE TRIGGER append_only");
            statement.execute("ALTER TABLE bill_line DISABLE TRIGGER append_only");
            statement.execute("ALTER TABLE settled_line DISABLE TRIGGER append_only");
            String lineId;
            try (ResultSet row = statement.executeQuery("SELECT line_id FROM bill_line ORDER BY line_id LIMIT 1")) {
                assertThat(row.next()).isTrue();
                lineId = row.getString(1);
            }
            statement.execute("DELETE FROM settled_line WHERE line_id = '" + lineId + "'");
            statement.execute("DELETE FROM posting WHERE line_id = '" + lineId + "'");
            statement.execute("DELETE FROM bill_line WHERE line_id = '" + lineId + "'");
            owner.commit();
            return lineId;
        }
    }

    /** An instance tells its counts a moment before it commits. */
    private void everythingAddsUpOnceItIsCommitted() {
        await().untilAsserted(() -> assertThat(audit().text()).contains("Everything adds up."));
    }

    private static Outcome outcome(String outcome) {
        return new Outcome(outcome, "");
    }

    /** Wherever its lines were wrapped. */
    private Answer audit() {
        Answer answer = run(new Audit());
        return new Answer(answer.status(), answer.text().replaceAll("\\s+", " "));
    }

    private Answer run(Object command, String... arguments) {
        StringWriter out = new StringWriter();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--data");
        all.add(folder.toString());
        int status = new CommandLine(command).setOut(new PrintWriter(out)).execute(all.toArray(String[]::new));
        return new Answer(status, out.toString());
    }
}
