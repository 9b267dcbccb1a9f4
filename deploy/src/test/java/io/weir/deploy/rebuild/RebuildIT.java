package io.weir.deploy.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.BillLine;
import io.weir.deploy.console.Failure;
import io.weir.deploy.console.Progress;
import io.weir.deploy.result.Agreement;
import io.weir.deploy.result.IssuedLines;
import io.weir.deploy.scenario.Ending;
import io.weir.deploy.scenario.Loader;
import io.weir.deploy.scenario.Scenario;
import io.weir.deploy.scenario.UsageRecord;
import io.weir.deploy.stack.Answers;
import io.weir.deploy.stack.DataFolder;
import io.weir.deploy.stack.Pause;
import io.weir.deploy.stack.Pipeline;
import io.weir.deploy.stack.Stack;
import io.weir.deploy.watch.Completion;
import io.weir.deploy.watch.MeteringMetrics;
import io.weir.deploy.watch.Target;
import io.weir.deploy.watch.TopicReader;
import io.weir.feecenter.ledger.BillQuery;
import io.weir.wire.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole line goes on after the state of the metering stream is lost, and the ledger meets no conflict (rules.md §7). */
class RebuildIT {

    private static final Path TINY = Path.of("src/test/resources/scenarios/tiny");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String LOST = "weir-metering";
    private static final String REBUILT = "weir-metering-2";
    private static final int PARTITIONS = 2;

    @TempDir
    Path folder;

    @Test
    void theLedgerAgreesWithTheTopicAfterTheStateWasLost() throws Exception {
        // Given
        Scenario scenario = Scenario.open(TINY);
        List<UsageRecord> usage = usage(scenario);
        int half = usage.size() / 2;
        try (Stack stack = Stack.start(DataFolder.open(folder), PARTITIONS);
                Loader loader = new Loader(
                        stack.broker().bootstrapServers(), stack.registry().url(), PARTITIONS)) {
            loader.loadControl(scenario.control());
            Pipeline pipeline = Pipeline.start(stack);
            Ending middle = load(usage.subList(0, half), loader);
            loader.heartbeat(middle.lastIngest());
            loader.flush();
            awaitCounted(loader.usageSent(), pipeline);
            pipeline.metering().kill();
            loseState(stack);

            // When
            rebuild(stack);
            pipeline.metering().startAgain();
            Ending ending = load(usage.subList(half, usage.size()), loader);
            ending.heartbeats().forEach(loader::heartbeat);
            loader.flush();
            new Completion(pipeline, Progress.onStandardError())
                    .await(new Target(ending.finalClock(), ending.usageEndsBy(), loader.usageSent()));

            // Then
            assertLedgerIsAsExpected(stack);
        }
    }

    private static List<UsageRecord> usage(Scenario scenario) {
        try (Stream<UsageRecord> usage = scenario.usage()) {
            return usage.toList();
        }
    }

    private static Ending load(List<UsageRecord> usage, Loader loader) {
        usage.forEach(loader::load);
        loader.flush();
        return new Ending(
                usage.stream().map(UsageRecord::ingest).max(Instant::compareTo).orElseThrow());
    }

    private static void awaitCounted(long records, Pipeline pipeline) {
        MeteringMetrics metrics = new MeteringMetrics(pipeline.meterings());
        Pause.until(
                () -> metrics.records() >= records,
                PATIENCE,
                pipeline::requireAlive,
                () -> new Failure("the metering stream has not counted " + records + " records"));
    }

    /** Changelogs and positions are gone. The group goes once the broker misses the killed member. */
    private static void loseState(Stack stack) {
        Map<String, Object> where = Map.of("bootstrap.servers", stack.broker().bootstrapServers());
        try (Admin admin = Admin.create(where)) {
            List<String> changelogs = Answers.await(admin.listTopics().names()).stream()
                    .filter(name -> name.startsWith(LOST + "-"))
                    .toList();
            assertThat(changelogs).isNotEmpty();
            Answers.await(admin.deleteTopics(changelogs).all());
            Pause.until(
                    () -> isGone(admin),
                    PATIENCE,
                    stack::requireAlive,
                    () -> new Failure("the group does not go away"));
        }
    }

    private static boolean isGone(Admin admin) {
        try {
            Answers.await(admin.deleteConsumerGroups(List.of(LOST)).all());
            return true;
        } catch (Failure notEmptyYet) {
            return false;
        }
    }

    private static void rebuild(Stack stack) {
        String settings = stack.meteringSettings().toString();
        assertThat(new CommandLine(new RebuildCommand())
                        .execute("--metering", settings, "--application-id", REBUILT, "--yes"))
                .isZero();
        stack.meterUnder(REBUILT);
    }

    private void assertLedgerIsAsExpected(Stack stack) throws Exception {
        BillQuery ledger = new BillQuery(stack.ledger());
        new Agreement(ledger, new IssuedLines(lines(stack))).require();
        assertThat(ledger.conservation())
                .allSatisfy(partition -> assertThat(partition.heldBack()).isZero());
        assertThat(ledger.bill().stream().map(row -> String.join(",", row.columns())))
                .containsExactlyElementsOf(Files.readAllLines(TINY.resolve("expected/bill.csv")).stream()
                        .skip(1)
                        .toList());
    }

    private static List<BillLine> lines(Stack stack) {
        try (TopicReader<BillLine> reader = new TopicReader<>(stack, Topics.BILL_LINES, PARTITIONS)) {
            return reader.readToEnd();
        }
    }
}
