package io.weir.deploy.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.Aggregation;
import io.weir.billing.CatalogueChange;
import io.weir.billing.ControlRecord;
import io.weir.billing.MeterDefinition;
import io.weir.billing.PriceGroup;
import io.weir.billing.SiteChange;
import io.weir.billing.WorkspaceChange;
import io.weir.deploy.installation.Cluster;
import io.weir.usage.UsageEvent;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.AvroSerializer;
import io.weir.wire.EmbeddedBroker;
import io.weir.wire.TopicCreation;
import io.weir.wire.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command against a broker whose control topic knows one workspace and one meter. */
class SendTest {

    private static final String REGISTRY = "mock://send";
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @TempDir
    static Path brokerFolder;

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedBroker broker;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String settings = "";

    @BeforeAll
    static void recordAWorkspaceAndAMeter() throws Exception {
        broker = EmbeddedBroker.start(brokerFolder, Map.of());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            new TopicCreation(admin, 2, (short) 1).create(Topics.all());
        }
        Map<String, Object> client =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", REGISTRY);
        try (KafkaProducer<String, ControlRecord> producer =
                new KafkaProducer<>(client, new StringSerializer(), serializer())) {
            for (Object change : List.of(
                    new SiteChange("cn1", "Asia/Shanghai", PriceGroup.CN, "ALIYUN"),
                    new WorkspaceChange("wksp_a", "cn1"),
                    new CatalogueChange(
                            "v1", null, List.of(new MeterDefinition("spans", Aggregation.SUM, 1_000L)), List.of()))) {
                producer.send(new ProducerRecord<>(Topics.CONTROL.name(), "key", new ControlRecord(change)))
                        .get();
            }
        }
    }

    private static AvroSerializer<ControlRecord> serializer() {
        AvroSerializer<ControlRecord> serializer = new AvroSerializer<>();
        serializer.configure(Map.of("schema.registry.url", REGISTRY), false);
        return serializer;
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void setUp() throws IOException {
        Path file = folder.resolve("metering.properties");
        Files.write(
                file,
                List.of(
                        "kafka.bootstrap.servers=" + broker.bootstrapServers(),
                        "schema.registry.url=" + REGISTRY,
                        "weir.state.dir=" + folder.resolve("state")));
        settings = file.toString();
    }

    @Test
    void whatTheFileSaysIsSentAndAnIdIsMadeWhereItSaysNone() throws IOException {
        // Given
        Path file = file(
                value("\"source\":\"agent\",\"sequence\":4,\"event_id\":\"e4\",", "5"),
                value("", "6"),
                value("", "6"),
                value("", "7"));

        // When
        int status = send(file, "--source", "laptop");

        // Then
        assertThat(err.toString()).isEmpty();
        assertThat(status).isZero();
        assertThat(out.toString()).contains("wksp_a: 4 events", "4 events sent. Sent again, they count once.");
        List<UsageEvent> sent = last(4);
        assertThat(sent).extracting(UsageEvent::getSource).containsExactly("agent", "laptop", "laptop", "laptop");
        assertThat(sent).extracting(UsageEvent::getSequence).containsExactly(4L, null, null, null);
        assertThat(sent.get(0).getEventId()).isEqualTo("e4");
        assertThat(sent)
                .extracting(UsageEvent::getEventId)
                .doesNotHaveDuplicates()
                .noneMatch(String::isEmpty);
    }

    @Test
    void theSameFileGivesTheSameEventsWhenItIsSentAgain() throws IOException {
        // Given
        Path file = file(value("", "1"), value("", "1"), value("", "2"));

        // When
        assertThat(send(file, "--source", "again")).isZero();
        List<UsageEvent> first = last(3);
        assertThat(send(file, "--source", "again")).isZero();

        // Then
        assertThat(last(3)).isEqualTo(first);
    }

    @Test
    void everyMistakeIsNamedWithItsLineAndNothingIsSent() throws IOException {
        // Given
        int before = all().size();
        Path file = file(
                value("\"source\":\"agent\",", "1"),
                value("", "1"),
                value("\"source\":\"agent\",\"event_id\":\"e\",", "1"),
                value("\"source\":\"agent\",\"event_id\":\"e\",", "2"),
                value("\"source\":\"agent\",", "1001"),
                value("\"source\":\"agent\",", "-1"),
                value("\"source\":\"agent\",", "1").replace("wksp_a", "wksp_none"),
                value("\"source\":\"agent\",", "1").replace("spans", "unknown"),
                value("\"source\":\"agent\",", "1").replace(now.toString(), "2199-01-01T00:00:00Z"),
                value("\"source\":\"agent\",", "1").replace(now.toString(), "1999-01-01T00:00:00Z"),
                value("\"source\":\"agent\",", "1").replace("{\"value\"", "{\"key\":\"other\",\"value\""),
                "{\"value\":null}",
                "no JSON");

        // When
        int status = send(file);

        // Then
        assertThat(status).isOne();
        assertThat(out.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("line 2: ").contains("source"),
                        line -> assertThat(line).isEqualTo("line 4: it has the identity of line 3 and another content"),
                        line -> assertThat(line).isEqualTo("line 5: 1001 spans is above the limit per event, 1000"),
                        line -> assertThat(line).isEqualTo("line 6: -1 'spans' is negative"),
                        line -> assertThat(line).isEqualTo("line 7: workspace 'wksp_none' is not known"),
                        line -> assertThat(line).isEqualTo("line 8: meter 'unknown' is not known"),
                        line -> assertThat(line).startsWith("line 9: ").contains("more than 5 minutes after"),
                        line -> assertThat(line).startsWith("line 10: ").contains("more than 35 days before"),
                        line -> assertThat(line).isEqualTo("line 11: key 'other' is not the workspace_id 'wksp_a'"),
                        line -> assertThat(line).startsWith("line 12: "),
                        line -> assertThat(line).startsWith("line 13: "),
                        line -> assertThat(line).isEqualTo("11 mistakes. Nothing was sent."));
        assertThat(all()).hasSize(before);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThat(send(folder.resolve("none.ndjson"))).isOne();
        assertThat(err.toString()).contains("none.ndjson cannot be read");
    }

    private String value(String identity, String quantity) {
        return "{\"value\":{%s\"workspace_id\":\"wksp_a\",\"occurred_at\":\"%s\",\"readings\":{\"spans\":\"%s\"}}}"
                .formatted(identity, now, quantity);
    }

    private Path file(String... lines) throws IOException {
        return Files.write(folder.resolve("usage.ndjson"), List.of(lines));
    }

    private int send(Path file, String... options) {
        List<String> all = new ArrayList<>(List.of(file.toString(), "--metering", settings));
        all.addAll(List.of(options));
        return new CommandLine(new Send())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println(failure.getMessage());
                    return 1;
                })
                .execute(all.toArray(String[]::new));
    }

    private static List<UsageEvent> last(int events) {
        List<UsageEvent> all = all();
        return all.subList(all.size() - events, all.size());
    }

    /** All events of the workspace, in their order: it has one partition. */
    private static List<UsageEvent> all() {
        Cluster cluster = Cluster.at(broker.bootstrapServers(), REGISTRY);
        AvroDeserializer<UsageEvent> values = cluster.values(UsageEvent.class);
        List<UsageEvent> all = new ArrayList<>();
        try (var log = cluster.log()) {
            log.read(Topics.USAGE_EVENTS.name(), record -> all.add(values.read(record.value())));
        }
        return all;
    }
}
