package io.weir.feecenter;

import static io.weir.wire.Patience.PATIENCE;
import static io.weir.wire.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.BillLine;
import io.weir.feecenter.ledger.BillQuery;
import io.weir.feecenter.ledger.TestDatabase;
import io.weir.feecenter.ledger.TestLines;
import io.weir.feecenter.ledger.TestTopic;
import io.weir.wire.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fee center as the process that an operator starts, stops, and finds killed. */
class FeeCenterAppTest {

    private static final int SIGTERM_STATUS = 128 + 15;

    @TempDir
    Path directory;

    @Test
    void postsEveryLineOnceOverKillsAtRandomPoints() throws Exception {
        int lines = 3_000;
        Random random = new Random(20260302);
        try (StubRegistry registry = new StubRegistry(FreePort.next());
                TestDatabase database = TestDatabase.migrated();
                TestTopic topic = new TestTopic(registry.url())) {
            issue(topic, 0, 2_500);
            Files.writeString(directory.resolve("fee-center.properties"), SinkProcess.settings(database, topic, 0));

            for (int kill = 1; kill <= 4; kill++) {
                long untilThen = kill * 500L + random.nextInt(200);
                Process process = start();
                await().pollInterval(Duration.ofMillis(5)).until(() -> posted(database) >= untilThen);
                process.destroyForcibly().waitFor();
                assertThat(posted(database)).isLessThan(lines);
            }
            issue(topic, 2_500, lines); // held back till now, so that no kill came too late
            Process last = start();
            await().until(() -> posted(database) == lines);

            assertThat(terminate(last)).isEqualTo(SIGTERM_STATUS);
            BillQuery query = new BillQuery(database.sink());
            assertThat(query.conservation()).allMatch(it -> it.linesRead() == it.posted() && it.duplicateLines() == 0);
            assertThat(query.checkSums())
                    .singleElement()
                    .matches(sum -> sum.lines().intValueExact() == lines);
            assertThat(database.number("SELECT count(*) FROM posting")).isEqualTo(2L * lines);
        }
    }

    @Test
    void showsItsHealthAndItsMetrics() throws Exception {
        int port = FreePort.next();
        try (StubRegistry registry = new StubRegistry(FreePort.next());
                TestDatabase database = TestDatabase.empty();
                TestTopic topic = new TestTopic(registry.url())) {
            topic.issue(0, lines(0, 5));
            Files.writeString(directory.resolve("fee-center.properties"), SinkProcess.settings(database, topic, port));

            Process process = start();

            await().ignoreExceptions().until(() -> get(port, "/health/ready").equals("ready\n"));
            assertThat(get(port, "/health/live")).isEqualTo("live\n");
            await().untilAsserted(() -> assertThat(get(port, "/metrics"))
                    .contains(
                            "weir_ledger_lines_total 5.0",
                            "weir_ledger_lag_records{partition=\"0\"} 0.0",
                            "weir_ledger_held_back_lines{reason=\"LEDGER_CONFLICT\"} 0.0",
                            "weir_ledger_conflicts_total 0.0",
                            "weir_ledger_duplicate_lines_total 0.0",
                            "weir_ledger_stopped_accounts 0.0",
                            "weir_ledger_imbalance 0.0",
                            "weir_ready 1.0",
                            "weir_build_info{version=",
                            "kafka_consumer_fetch_manager_records_consumed_total",
                            "jvm_memory_used_bytes")
                    .doesNotContain("acct_"));
            assertThat(terminate(process)).isEqualTo(SIGTERM_STATUS);
            assertThat(Files.readString(directory.resolve("log")))
                    .contains("Stopped")
                    .doesNotContain("canary");
        }
    }

    @Test
    void refusesToStartWithMistakesAndNamesThem() throws Exception {
        Files.writeString(directory.resolve("fee-center.properties"), "weir.http.prot=1\n");

        Process process = start();

        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(Files.readString(directory.resolve("log")))
                .contains("weir.database.url (or WEIR_DATABASE_URL) is missing", "weir.http.prot is not a setting");
    }

    @Test
    void refusesADatabaseWithoutTables() throws Exception {
        try (TestDatabase database = TestDatabase.empty();
                TestTopic topic = new TestTopic("mock://unused")) {
            String settings = SinkProcess.settings(database, topic, 0).replaceAll("(?m)^weir.database.owner.*$", "");
            Files.writeString(directory.resolve("fee-center.properties"), settings);

            Process process = start();

            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            assertThat(Files.readString(directory.resolve("log")))
                    .contains(
                            "Stopped by a defect",
                            "[1 ledger, 2 held back lines, 3 accounts, 4 settlement, 5 statements, 6 usage, 7 wallets and alerts, 8 console, 9 adoption, 10 clouds, 11 metering clock, 12 statements of many lines, 13 transfers and requests, grants");
        }
    }

    private static void issue(TestTopic topic, int from, int to) {
        for (int first = from; first < to; first += 100) {
            topic.issue(first / 100 % TestTopic.PARTITIONS, lines(first, 100));
        }
    }

    private static List<BillLine> lines(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> TestLines.line("acct_" + i / 100 % TestTopic.PARTITIONS, "item_" + i, "1.00"))
                .toList();
    }

    private static long posted(TestDatabase database) {
        return database.number("SELECT coalesce(sum(lines_read), 0) FROM sink_position");
    }

    private Process start() throws IOException {
        return SinkProcess.start(directory);
    }

    private static int terminate(Process process) throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static String get(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
