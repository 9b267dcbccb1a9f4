package io.weir.metering;

import static io.weir.wire.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.BillLine;
import io.weir.metering.recomputation.Scenario;
import io.weir.metering.recomputation.Scenario.Recorded;
import io.weir.metering.recomputation.ScenarioFolder;
import io.weir.wire.Topics;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a process does with the disk and the topics that it finds: bill exactly, or refuse. */
class FoundStateTest {

    private static final int PATIENCE_SECONDS = 180;
    private static final int SIGTERM_STATUS = 128 + 15;
    private static final String WAY_BACK = "the way back is deploy/weir rebuild";
    private static final String GROWN = "usage-events has 4 partitions, the state was built with 2";
    private static final ScenarioFolder TINY = new ScenarioFolder(Path.of("src/test/resources/scenarios/tiny"));

    @TempDir
    Path folder;

    private Scenario scenario;
    private Instant end;

    @BeforeEach
    void readScenario() throws IOException {
        scenario = TINY.read();
        end = scenario.usage().get(scenario.usage().size() - 1).ingest().plus(Duration.ofDays(3));
    }

    @Test
    void aDiskThatIsAnOldCopyOrDamagedChangesNoBill() throws Exception {
        // Given
        Path state = folder.resolve("state");
        Path copy = folder.resolve("copy");
        try (MeteringTopics topics = new MeteringTopics(3)) {
            List<Recorded> usage = scenario.usage();
            topics.loadControl(scenario);
            topics.loadUsage(usage.subList(0, 80));
            Map<String, String> settings = MeteringProcess.settings(folder, "disk", topics.settings());
            settings.put("kafka.main.consumer.max.poll.records", "1"); // so that there is a while to be stopped in
            settings.put("kafka.commit.interval.ms", "1");

            // When
            meterAtLeast(40, settings);
            copy(state, copy);
            topics.loadUsage(usage.subList(80, 150));
            meterAtLeast(110, settings);
            Utils.delete(state.toFile());
            copy(copy, state);
            topics.loadUsage(usage.subList(150, 220)); // never all, so that no stop comes too late
            meterAtLeast(180, settings);
            assertThat(topics.committed("disk")).isLessThan(usage.size());
            damage(state);
            topics.loadUsage(usage.subList(220, usage.size()), end);

            // Then
            try (MeteringProcess stream = MeteringProcess.start(folder, settings)) {
                await().until(() -> topics.isMeteredUntil(end));
                assertThat(stream.terminate(PATIENCE_SECONDS)).isEqualTo(SIGTERM_STATUS);
            }
            List<BillLine> lines = topics.read(Topics.BILL_LINES);
            assertThat(NetBill.csv(lines)).isEqualTo(TINY.expected("bill.csv"));
            assertThat(lines).extracting(BillLine::getLineId).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @CsvSource({"anew-1, anew-1-window-totals-changelog, compact", "anew-2, fee-center.bill-lines, delete"})
    void refusesATopicThatWasDeletedAndCreatedAnew(String applicationId, String topic, String cleanup)
            throws Exception {
        // Given
        try (MeteringTopics topics = new MeteringTopics(1)) {
            topics.load(scenario, end);
            Map<String, String> settings = MeteringProcess.settings(folder, applicationId, topics.settings());
            meterToTheEnd(topics, settings);

            // When
            topics.recreate(topic, cleanup);

            // Then
            try (MeteringProcess stream = MeteringProcess.start(folder, settings)) {
                assertThat(stream.exitStatus(PATIENCE_SECONDS)).isEqualTo(1);
                assertThat(stream.log())
                        .contains("the topic " + topic + " has id ", "it was deleted and created anew", WAY_BACK);
            }
        }
    }

    @Test
    void refusesPartitionsThatWereAdded() throws Exception {
        // Given
        try (MeteringTopics topics = new MeteringTopics(2)) {
            topics.load(scenario, end);
            Map<String, String> settings = MeteringProcess.settings(folder, "grown", topics.settings());
            settings.put("kafka.metadata.max.age.ms", "1000");
            try (MeteringProcess running = MeteringProcess.start(folder, settings)) {
                await().until(() -> topics.isMeteredUntil(end));

                // When
                topics.growUsageTo(4);

                // Then
                assertThat(running.exitStatus(PATIENCE_SECONDS)).isEqualTo(1);
                assertThat(running.log()).contains("Stopped by a defect: " + GROWN);
            }
            Files.delete(folder.resolve("log"));
            try (MeteringProcess again = MeteringProcess.start(folder, settings)) {
                assertThat(again.exitStatus(PATIENCE_SECONDS)).isEqualTo(1);
                assertThat(again.log()).contains(GROWN);
            }
        }
    }

    @Test
    void theHealthIsRedWhileTheDiskIsNearlyFull() throws Exception {
        // Given
        try (MeteringTopics topics = new MeteringTopics(1)) {
            topics.load(scenario, end);
            Map<String, String> settings = MeteringProcess.settings(folder, "full", topics.settings());

            // When
            settings.put("weir.state.free.minimum", Long.toString(Long.MAX_VALUE));

            // Then
            try (MeteringProcess stream = MeteringProcess.start(folder, settings)) {
                await().until(() -> topics.isMeteredUntil(end));
                await().untilAsserted(() -> assertThat(stream.get("/health/ready"))
                        .returns(503, HttpResponse::statusCode)
                        .extracting(HttpResponse::body)
                        .asString()
                        .contains("bytes free, fewer than weir.state.free.minimum="));
                assertThat(stream.get("/metrics").body()).containsPattern("weir_state_free_bytes [1-9]");
            }
        }
    }

    private void meterAtLeast(long records, Map<String, String> settings) throws Exception {
        try (MeteringProcess stream = MeteringProcess.start(folder, settings)) {
            await().pollInterval(Duration.ofMillis(5))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> stream.recordsRead() >= records);
            assertThat(stream.terminate(PATIENCE_SECONDS)).isEqualTo(SIGTERM_STATUS);
        }
    }

    private void meterToTheEnd(MeteringTopics topics, Map<String, String> settings) throws Exception {
        try (MeteringProcess stream = MeteringProcess.start(folder, settings)) {
            await().until(() -> topics.isMeteredUntil(end));
            assertThat(stream.terminate(PATIENCE_SECONDS)).isEqualTo(SIGTERM_STATUS);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : tree(from)) {
            Files.copy(file, to.resolve(from.relativize(file).toString()));
        }
    }

    /** Random bytes in each file of RocksDB. */
    private static void damage(Path state) throws IOException {
        Random random = new Random(20261125);
        List<Path> files = tree(state).stream()
                .filter(file -> file.getFileName().toString().matches(".*\\.sst|MANIFEST-.*|CURRENT"))
                .toList();
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            random.nextBytes(bytes);
            Files.write(file, bytes);
        }
    }

    private static List<Path> tree(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.toList();
        }
    }
}
