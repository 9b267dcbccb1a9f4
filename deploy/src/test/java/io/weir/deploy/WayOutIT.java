package io.weir.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.deploy.console.Progress;
import io.weir.deploy.scenario.Loader;
import io.weir.deploy.scenario.Scenario;
import io.weir.deploy.scenario.UsageRecord;
import io.weir.deploy.stack.DataFolder;
import io.weir.deploy.stack.Pipeline;
import io.weir.deploy.stack.Stack;
import io.weir.deploy.watch.Completion;
import io.weir.deploy.watch.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From files to a bill that is shown, with the commands alone, on a stack of real parts that meters the tiny scenario. */
class WayOutIT {

    private static final Path TINY = Path.of("src/test/resources/scenarios/tiny");
    private static final int PARTITIONS = 2;
    private static final Instant END = Instant.parse("2026-03-09T00:00:00Z");

    private record Answer(int status, String text) {}

    @TempDir
    Path data;

    @TempDir
    Path settings;

    @Test
    void whatIsAppliedIsBilledAndShown() throws IOException {
        try (Stack stack = Stack.start(DataFolder.openNew(data), PARTITIONS);
                Loader loader = new Loader(
                        stack.broker().bootstrapServers(), stack.registry().url(), PARTITIONS)) {
            // Given
            applied(stack);
            Pipeline pipeline = bill(stack, loader);

            // Then
            theBillIsTheExpectedOne();
            theLinesExplainThemselves();
            allIsWell();
            whatIsAwayIsSaid(pipeline);
        }
    }

    /** Before the stream has ever started, as for a new installation. */
    private void applied(Stack stack) throws IOException {
        Path file = settings.resolve("metering.properties");
        Files.write(
                file,
                List.of(
                        "kafka.bootstrap.servers=" + stack.broker().bootstrapServers(),
                        "schema.registry.url=" + stack.registry().url(),
                        "weir.state.dir=" + settings));

        Answer answer = weir("apply", TINY.toString(), "--metering", file.toString(), "--yes");

        assertThat(answer.text()).contains("Published");
        assertThat(answer.status()).isZero();
    }

    private static Pipeline bill(Stack stack, Loader loader) {
        Pipeline pipeline = Pipeline.start(stack);
        try (Stream<UsageRecord> usage = Scenario.open(TINY).usage()) {
            usage.forEachOrdered(loader::load);
        }
        loader.heartbeat(END.minus(Duration.ofHours(1)));
        loader.heartbeat(END);
        loader.flush();
        new Completion(pipeline, Progress.onStandardError())
                .await(new Target(END, END.minus(Duration.ofDays(1)), loader.usageSent()));
        return pipeline;
    }

    private void theBillIsTheExpectedOne() throws IOException {
        List<String> expected = Files.readAllLines(TINY.resolve("expected/bill.csv"));

        assertThat(onStack("bill", "--json").text().lines())
                .hasSize(expected.size() - 1)
                .anyMatch(row -> row.contains("\"item\":\"apm_trace\",\"retention_days\":3,\"quantity\":\"2000000\","
                        + "\"amount\":\"4.00\",\"currency\":\"CNY\""));
        assertThat(onStack("bill").text()).contains("acct_north", "wksp_examples", "sum of postings");
        assertThat(onStack("bill", "--account", "acct_north", "--day", "2026-03-02")
                        .text())
                .contains("Bills for 2026-03-02 to 2026-03-02", "QUANTITY")
                .doesNotContain("acct_sea", "sum of postings");
        assertThat(onStack("bill", "--month", "2025-01").text()).startsWith("Nothing is billed");
    }

    private void theLinesExplainThemselves() {
        assertThat(onStack("lines", "--workspace", "wksp_examples", "--day", "2026-03-02")
                        .text())
                .contains("2026-03-02  wksp_examples  apm_trace, retention 3 days  CNY 4.00", "rounded half up: 4.00")
                .doesNotContain("but the line says");
        assertThat(onStack("lines", "--json", "--account", "acct_north").text().lines())
                .isNotEmpty()
                .allMatch(line -> line.startsWith("{\"line_id\":\"") && line.contains("\"account_id\":\"acct_north\""));
    }

    private void allIsWell() {
        Answer status = onStack("status");

        assertThat(status.text())
                .contains(
                        "CLOCK",
                        "2026-03-09T00:00:00Z",
                        "postings  in CNY sum to 0",
                        "stopped   no account",
                        "ACCEPTED 240")
                .endsWith("Well.\n");
        assertThat(status.status()).isZero();
    }

    private void whatIsAwayIsSaid(Pipeline pipeline) {
        // When
        pipeline.feeCenter().stop();
        pipeline.metering().stop();
        Answer status = onStack("status");

        // Then
        assertThat(status.text())
                .contains("does not answer", "records   no instance says", "rejected  no instance says", "Not well:")
                .contains("postings  in CNY sum to 0")
                .doesNotContain("Well.");
        assertThat(status.status()).isEqualTo(1);
    }

    private Answer onStack(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data.toString()));
        return weir(all.toArray(String[]::new));
    }

    private static Answer weir(String... arguments) {
        StringWriter out = new StringWriter();
        int status = Weir.commandLine().setOut(new PrintWriter(out)).execute(arguments);
        return new Answer(status, out.toString());
    }
}
