package io.weir.metering;

import static io.weir.wire.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.BillLine;
import io.weir.metering.recomputation.Scenario;
import io.weir.metering.recomputation.Scenario.Recorded;
import io.weir.metering.recomputation.ScenarioFolder;
import io.weir.wire.FreePort;
import io.weir.wire.Topics;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metering stream as the process that an operator starts, stops, and finds killed. */
class MeteringAppTest {

    private static final int PATIENCE_SECONDS = 180;
    private static final int SIGTERM_STATUS = 128 + 15;
    private static final ScenarioFolder TINY = new ScenarioFolder(Path.of("src/test/resources/scenarios/tiny"));

    @TempDir
    Path folder;

    @Test
    void aScenarioGivesTheSameLinesOverKills() throws Exception {
        // Given
        Scenario scenario = TINY.read();
        Instant end = end(scenario);
        Random random = new Random(20260302);
        try (MeteringTopics topics = new MeteringTopics(3)) {
            topics.loadControl(scenario);
            Map<String, String> settings = settings("kills", topics.settings());
            settings.put("kafka.main.consumer.max.poll.records", "1"); // so that there is a while to be killed in
            settings.put("kafka.commit.interval.ms", "1");

            // When
            List<Recorded> usage = scenario.usage();
            int loaded = 0;
            for (int kill = 0; kill < 3; kill++) {
                topics.loadUsage(usage.subList(loaded, 110 + 70 * kill)); // never all, so that no kill comes too late
                loaded = 110 + 70 * kill;
                long records = 20 + kill * 70L + random.nextInt(60);
                try (MeteringProcess stream = MeteringProcess.start(folder, settings)) {
                    await().pollInterval(Duration.ofMillis(5))
                            .ignoreExceptionsInstanceOf(IOException.class)
                            .until(() -> stream.recordsRead() >= records);
                    stream.kill();
                }
                assertThat(topics.committed("kills")).isLessThan(usage.size());
            }
            topics.loadUsage(usage.subList(loaded, usage.size()), end);

            // Then
            try (MeteringProcess stream = MeteringProcess.start(folder, settings)) {
                await().until(() -> topics.isMeteredUntil(end));
                assertThat(outcomes(stream, topics.heartbeatsOfTheEnd())).isEqualTo(TINY.expected("outcomes.csv"));
                assertThat(stream.terminate(PATIENCE_SECONDS)).isEqualTo(SIGTERM_STATUS);
            }
            List<BillLine> lines = topics.read(Topics.BILL_LINES);
            assertThat(NetBill.csv(lines)).isEqualTo(TINY.expected("bill.csv"));
            assertThat(lines).extracting(BillLine::getLineId).doesNotHaveDuplicates();
        }
    }

    @Test
    void refusesToStartWithMistakesAndNamesThem() throws Exception {
        // Given
        Map<String, String> mistaken = Map.of(
                "weir.usage.grace", "1h",
                "weir.http.prot", "1",
                "kafka.processing.guarantee", "at_least_once");

        // When
        try (MeteringProcess stream = MeteringProcess.start(folder, mistaken)) {
            // Then
            assertThat(stream.exitStatus(PATIENCE_SECONDS)).isEqualTo(2);
            assertThat(stream.log())
                    .contains(
                            "weir.usage.grace=1h: not a duration",
                            "weir.http.prot is not a setting",
                            "kafka.processing.guarantee=at_least_once: the bill is right only with exactly_once_v2",
                            "kafka.bootstrap.servers (or KAFKA_BOOTSTRAP_SERVERS) is missing",
                            "weir.state.dir (or WEIR_STATE_DIR) is missing",
                            "schema.registry.url (or SCHEMA_REGISTRY_URL) is missing");
        }
    }

    @Test
    void waitsForABrokerThatIsAwayAndStopsAtOnceOnSigterm() throws Exception {
        // Given
        Map<String, String> nobodyThere = Map.of(
                "kafka.bootstrap.servers", "127.0.0.1:" + FreePort.next(), "schema.registry.url", "mock://unused");

        // When
        try (MeteringProcess stream = MeteringProcess.start(folder, settings("waits", nobodyThere))) {
            await().until(() -> stream.log().contains("Waiting for the broker"));

            // Then
            HttpResponse<String> ready = stream.get("/health/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).startsWith("waiting");
            assertThat(stream.terminate(30)).isEqualTo(SIGTERM_STATUS);
        }
    }

    @Test
    void showsItsHealthAndItsMetrics() throws Exception {
        // Given
        Scenario scenario = TINY.read();
        try (MeteringTopics topics = new MeteringTopics(1)) {
            topics.load(scenario, end(scenario));

            // When
            try (MeteringProcess stream = MeteringProcess.start(folder, settings("metrics", topics.settings()))) {
                await().until(() -> topics.isMeteredUntil(end(scenario)));

                // Then
                await().untilAsserted(() ->
                        assertThat(stream.get("/health/ready").body()).isEqualTo("ready\n"));
                assertThat(stream.get("/health/live").body()).isEqualTo("live\n");
                await().untilAsserted(() -> assertThat(stream.get("/metrics").body())
                        .contains(
                                "weir_usage_records_total{outcome=\"ACCEPTED\",partition=\"0\",reason=\"\"} 240.0",
                                "weir_usage_records_total{outcome=\"REJECTED\",partition=\"0\",reason=\"TOO_OLD\"} 1.0",
                                "weir_usage_lag_records{partition=\"0\"} 0.0",
                                "weir_partition_clock_seconds{partition=\"0\"} ",
                                "weir_control_records_refused_total 0.0",
                                "weir_ready 1.0",
                                "weir_build_info{version=",
                                "weir_broker_reachable 1.0",
                                "weir_state_free_bytes ",
                                "kafka_stream_",
                                "jvm_memory_used_bytes")
                        .doesNotContain("wksp_"));
            }
        }
    }

    /** When all days of the scenario are closed. */
    private static Instant end(Scenario scenario) {
        int last = scenario.usage().size() - 1;
        return scenario.usage().get(last).ingest().plus(Duration.ofDays(3));
    }

    private Map<String, String> settings(String applicationId, Map<String, String> where) throws IOException {
        return MeteringProcess.settings(folder, applicationId, where);
    }

    private static String outcomes(MeteringProcess stream, int addedHeartbeats)
            throws IOException, InterruptedException {
        SortedMap<String, Long> counts = new TreeMap<>();
        stream.recordCounters().forEach(counter -> counts.merge(counter.columns(), counter.records(), Long::sum));
        counts.merge("HEARTBEAT,", (long) -addedHeartbeats, Long::sum);
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> entry.getKey() + "," + entry.getValue() + "\n")
                .collect(Collectors.joining("", "outcome,reason,count\n", ""));
    }
}
