package io.weir.deploy.apply;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.billing.AccountChange;
import io.weir.billing.ControlRecord;
import io.weir.deploy.console.Failure;
import io.weir.deploy.installation.Cluster;
import io.weir.deploy.scenario.ControlChange;
import io.weir.deploy.scenario.Scenario;
import io.weir.wire.AvroSerializer;
import io.weir.wire.EmbeddedBroker;
import io.weir.wire.EmbeddedRegistry;
import io.weir.wire.TopicCreation;
import io.weir.wire.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command against a real broker and a real registry. */
class ApplyTest {

    private static final Path TINY = Path.of("src/test/resources/scenarios/tiny");
    private static final TopicPartition CONTROL = new TopicPartition(Topics.CONTROL.name(), 0);
    private static final String SITES =
            "[{\"site\":\"eu1\",\"zone\":\"Europe/Berlin\",\"group\":\"INTL\",\"cloud\":\"AWS\"}]";

    private static final EmbeddedBroker BROKER = EmbeddedBroker.shared();
    private static final EmbeddedRegistry REGISTRY = EmbeddedRegistry.shared();
    private static final Cluster CLUSTER = Cluster.at(BROKER.bootstrapServers(), REGISTRY.url());

    private record Answer(int status, String out, String err) {}

    @TempDir
    Path folder;

    @TempDir
    Path settings;

    @BeforeAll
    static void createTheTopic() {
        try (Admin admin = CLUSTER.admin()) {
            new TopicCreation(admin, 1, (short) 1).create(List.of(Topics.CONTROL));
        }
    }

    @BeforeEach
    void emptyTheTopic() throws Exception {
        try (Admin admin = CLUSTER.admin()) {
            admin.deleteRecords(Map.of(CONTROL, RecordsToDelete.beforeOffset(-1)))
                    .all()
                    .get();
        }
        Files.write(
                settings.resolve("metering.properties"),
                List.of(
                        "kafka.bootstrap.servers=" + BROKER.bootstrapServers(),
                        "schema.registry.url=" + REGISTRY.url(),
                        "weir.state.dir=" + settings));
    }

    @Test
    void whatTheFilesSayIsPublishedOnce() {
        // When
        Answer dryRun = apply(TINY);
        List<ControlRecord> before = recorded();
        Answer published = apply(TINY, "--yes");
        Answer again = apply(TINY, "--yes");

        // Then
        assertThat(dryRun.status()).isZero();
        assertThat(dryRun.out())
                .contains("are new", "the same with --yes does it")
                .contains("wksp_examples seq 1");
        assertThat(before).isEmpty();
        assertThat(published.out()).contains("Published ");
        assertThat(recorded())
                .isEqualTo(Scenario.open(TINY).control().stream()
                        .map(ControlChange::record)
                        .toList());
        assertThat(again).returns(0, Answer::status);
        assertThat(again.out()).startsWith("Nothing to do");
    }

    @Test
    void whatIsAddedToTheFilesIsPublishedAlone() throws IOException {
        // Given
        write("sites.json", SITES);
        apply(folder, "--yes");

        // When
        write("workspaces.json", workspace("eu1"));
        Answer answer = apply(folder, "--yes");

        // Then
        assertThat(answer.out()).contains("1 of 2 records in the files are new", "workspace   wksp_a", "on site eu1");
        assertThat(recorded()).hasSize(2);
    }

    @Test
    void everyMistakeIsListedWithItsPlace() throws IOException {
        // Given
        write(
                "sites.json",
                "[\n {\"site\":\"eu1\",\"zone\":\"Europe/Atlantis\",\"group\":\"INTL\",\"cloud\":\"AWS\"}]");
        write("workspaces.json", "[\n\n {\"workspace_id\":\"wksp_a\",\"sight\":\"eu1\",\"retention\":[]}]");
        write("accounts.json", "[{\"account_id\":\"acct_a\",\"user_name\":\"ada\",\"currency\":\"EUR\"}]");
        write(
                "bindings.json",
                "[{\"workspace_id\":\"wksp_b\",\"account_id\":\"acct_a\",\n\"effective_from\":\"2026-13-01\",\"seq\":1}]");
        write(
                "price-book.json",
                "{\"version\":\"1\",\"entries\":[\n" + price("log", "1") + ",\n" + price("log", "2") + ",\n"
                        + price("span", "-1") + "]}");
        write(
                "catalogue.json",
                "{\"meters\":[{\"meter\":\"records\",\"aggregation\":\"MEAN\",\"limit_per_event\":\"10\"}],\"items\":[\n"
                        + "{\"item\":\"log\",\"category\":\"\",\"max_of\":[{\"sum_of\":[\"records\"],\"divide_by\":3}],"
                        + "\"unit\":\"1\",\"default_retention_days\":null}]}");

        // When
        Answer answer = apply(folder, "--yes");

        // Then
        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.out().lines())
                .contains(
                        "sites.json:2 /0: 'Europe/Atlantis' is not a time zone",
                        "workspaces.json:3 /0/site: missing: a value is needed",
                        "workspaces.json:3 /0/sight: no such field; there are about, retention, site, tokens, workspace_id",
                        "accounts.json:1 /0: account acct_a: currency EUR",
                        "bindings.json:2 /0/effective_from: '2026-13-01' is no instant such as 2026-03-01T00:00:00.000Z",
                        "bindings.json:1 /0: workspace wksp_b is not known, neither here nor on the topic:"
                                + " add it, or correct the name",
                        "price-book.json:4 /entries/2: item span is in no catalogue, neither here nor on the topic",
                        "catalogue.json:1 /meters/0/aggregation: 'MEAN' is no choice; there are [SUM, MAX]")
                .anyMatch(line -> line.startsWith("price-book.json:3 /entries/1: two prices for"))
                .anyMatch(line -> line.startsWith("price-book.json:4 /entries/2: ") && line.endsWith("-1 is negative"))
                .anyMatch(line -> line.startsWith("catalogue.json:2 /items/0: item log: divide_by 3"))
                .endsWith("11 mistakes; nothing is published.");
        assertThat(recorded()).isEmpty();
    }

    @Test
    void whatIsNoJsonIsNamedWithItsLine() throws IOException {
        // Given
        write("sites.json", "[\n{\"site\":\"eu1\",\"site\":\"eu2\"}]");

        // Then
        assertThat(apply(folder).out()).contains("sites.json:", "no JSON: Duplicate field 'site', at line 2");
    }

    @Test
    void whatNeverChangesIsRefusedWithBothValues() throws IOException {
        // Given
        write("sites.json", SITES);
        write("workspaces.json", workspace("eu1"));
        write("accounts.json", account("USD"));
        write("bindings.json", binding("acct_a"));
        apply(folder, "--yes");

        // When
        write("sites.json", SITES.replace("Europe/Berlin", "Europe/Paris"));
        write("accounts.json", account("CNY"));
        write("bindings.json", binding(null));
        Answer answer = apply(folder, "--yes");

        // Then
        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.out())
                .contains(
                        "site eu1: zone and price group never change; recorded Europe/Berlin INTL, not Europe/Paris INTL",
                        "account acct_a: user name and currency never change; recorded ada USD, not ada CNY",
                        "workspace wksp_a: binding 1 never changes; recorded acct_a from 2026-03-01T00:00:00Z,"
                                + " not null from 2026-03-01T00:00:00Z",
                        "3 mistakes; nothing is published.");
        assertThat(recorded()).hasSize(4);
    }

    @Test
    void aBookWithOtherPricesNeedsAnotherName() throws IOException {
        // Given
        apply(TINY, "--yes");

        // When
        String book = Files.readString(TINY.resolve("price-book.json"));
        write("price-book.json", book.replaceFirst("\"unit_price\": *\"[^\"]*\"", "\"unit_price\": \"7\""));

        // Then
        assertThat(apply(folder).out()).contains("is recorded with other prices: give this one a name of its own");
    }

    @Test
    void aSecondPublicationEndsTheFirst() {
        // Given
        try (Publication first = Publication.begin(CLUSTER, serializer());
                Publication second = Publication.begin(CLUSTER, serializer())) {
            long end = Recorded.read(CLUSTER).end();

            // Then
            assertThatThrownBy(() -> first.publish(List.of(change("first")), end))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("another weir apply began meanwhile");
            assertThat(recorded()).isEmpty();

            // When
            second.publish(List.of(change("second")), end);

            // Then
            assertThat(recorded()).containsExactly(change("second").record());
        }
    }

    @Test
    void nothingIsPublishedBehindARecordThatWasNotRead() throws Exception {
        // Given
        try (Publication publication = Publication.begin(CLUSTER, serializer());
                Producer<byte[], byte[]> other = CLUSTER.producer(1024 * 1024)) {
            long end = Recorded.read(CLUSTER).end();
            ControlChange change = change("other");
            other.send(new ProducerRecord<>(
                            CONTROL.topic(),
                            change.key().getBytes(UTF_8),
                            Objects.requireNonNull(serializer().serialize(CONTROL.topic(), change.record()))))
                    .get();

            // Then
            assertThatThrownBy(() -> publication.publish(List.of(change("late"), change("later")), end))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("somebody else wrote to fee-center.control");
            assertThat(recorded()).containsExactly(change.record());
        }
    }

    @Test
    void aFolderWithoutAnyOfTheFilesIsAFailure() {
        assertThat(apply(folder).err()).contains("has none of the files catalogue.json");
    }

    private static ControlChange change(String account) {
        return new ControlChange(account, new ControlRecord(new AccountChange(account, account, "USD")));
    }

    private static AvroSerializer<ControlRecord> serializer() {
        AvroSerializer<ControlRecord> serializer = new AvroSerializer<>();
        serializer.configure(Map.of("schema.registry.url", REGISTRY.url()), false);
        return serializer;
    }

    private static List<ControlRecord> recorded() {
        List<ControlRecord> records = new ArrayList<>();
        var values = CLUSTER.values(ControlRecord.class);
        try (var log = CLUSTER.log()) {
            log.read(CONTROL, record -> records.add(values.read(record.value())));
        }
        return records;
    }

    private static String workspace(String site) {
        return "[{\"workspace_id\":\"wksp_a\",\"site\":\"" + site + "\",\"tokens\":[\"t\"],\"retention\":[]}]";
    }

    private static String account(String currency) {
        return "[{\"account_id\":\"acct_a\",\"user_name\":\"ada\",\"currency\":\"" + currency + "\"}]";
    }

    private static String binding(@Nullable String accountId) {
        String account = accountId == null ? "null" : "\"" + accountId + "\"";
        return "[{\"workspace_id\":\"wksp_a\",\"account_id\":" + account
                + ",\"effective_from\":\"2026-03-01T00:00:00Z\",\"seq\":1}]";
    }

    private static String price(String item, String unitPrice) {
        return "{\"currency\":\"CNY\",\"group\":\"CN\",\"item\":\"" + item + "\",\"retention_days\":null,"
                + "\"effective_from\":\"2026-01-01\",\"model\":{\"type\":\"unit\",\"unit_price\":\"" + unitPrice
                + "\"}}";
    }

    private void write(String name, String json) throws IOException {
        Files.writeString(folder.resolve(name), json);
    }

    private Answer apply(Path files, String... more) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.addAll(List.of(
                files.toString(),
                "--metering",
                settings.resolve("metering.properties").toString()));
        int status = new CommandLine(new Apply())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println(failure.getMessage());
                    return 1;
                })
                .execute(arguments.toArray(String[]::new));
        return new Answer(status, out.toString(), err.toString());
    }
}
