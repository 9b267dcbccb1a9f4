package io.weir.metering;

import static io.weir.wire.Patience.await;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.billing.BillLine;
import io.weir.metering.rebuild.Findings;
import io.weir.metering.rebuild.Rebuild;
import io.weir.metering.rebuild.RebuildRefused;
import io.weir.metering.recomputation.Scenario;
import io.weir.metering.recomputation.Scenario.Recorded;
import io.weir.metering.recomputation.ScenarioFolder;
import io.weir.usage.MeteringProgress;
import io.weir.wire.FreePort;
import io.weir.wire.Settings;
import io.weir.wire.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does when the state is lost, on a real broker. */
class RebuildTest {

    private static final int PARTITIONS = 3;
    private static final ScenarioFolder TINY = new ScenarioFolder(Path.of("src/test/resources/scenarios/tiny"));

    @TempDir
    Path folder;

    @Test
    void goesOnWhereTheLostStreamEndedOverAKill() throws Exception {
        // Given
        Scenario scenario = TINY.read();
        List<Recorded> usage = scenario.usage();
        int half = usage.size() / 2;
        Instant middle = usage.get(half - 1).ingest();
        Instant end = usage.get(usage.size() - 1).ingest().plus(Duration.ofDays(3));
        try (MeteringTopics topics = new MeteringTopics(PARTITIONS)) {
            topics.loadControl(scenario);
            topics.loadUsage(usage.subList(0, half), middle);
            topics.misdirect(firstEvent(usage));
            topics.loadUsage(List.of(), middle.plusSeconds(60));
            try (MeteringProcess stream = start("lost", topics)) {
                await().until(() -> topics.isMeteredUntil(middle.plusSeconds(60)));
                stream.kill();
            }

            // When
            int threeQuarters = half + half / 2;
            List<Recorded> rest = usage.subList(threeQuarters, usage.size());
            topics.loadUsage(usage.subList(half, threeQuarters));
            rebuild("lost", "found", false, topics);
            int usageRecords = topics.usageRecords() + rest.size() + PARTITIONS; // with the rest and its heartbeats
            killInTheMiddle(topics, half / 4);
            int linesAtTheKill = topics.read(Topics.BILL_LINES).size();
            topics.loadUsage(rest, end);

            // Then
            try (MeteringProcess stream = start("found", topics)) {
                await().until(() -> topics.isMeteredUntil(end));
                stream.kill();
            }
            List<BillLine> lines = topics.read(Topics.BILL_LINES);
            assertThat(lines).hasSizeGreaterThan(linesAtTheKill);
            assertThat(NetBill.csv(lines)).isEqualTo(TINY.expected("bill.csv"));
            assertThat(lines).extracting(BillLine::getLineId).doesNotHaveDuplicates();
            assertNumberedWithoutGap(lines);
            assertThat(topics.usageRecords()).isEqualTo(usageRecords);
            assertNothingDiffersAfterAnother(topics, end, lines);
        }
    }

    /** Once it has gone on with some of what there is; the rest is held back until then, so that no kill comes too late. */
    private void killInTheMiddle(MeteringTopics topics, int records) throws Exception {
        long committed = topics.committed("found");
        Map<String, String> slow = new HashMap<>(topics.settings());
        slow.put("kafka.main.consumer.max.poll.records", "1"); // so that it is mostly still at work
        slow.put("kafka.commit.interval.ms", "1");
        try (MeteringProcess stream = start("found", slow)) {
            await().pollInterval(Duration.ofMillis(5))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> stream.recordsRead() >= records && topics.committed("found") > committed);
            stream.kill();
        }
    }

    /**
     * Once more, with nothing in flight: no line is issued. Where the positions are gone too, what was rerouted is written
     * once more, and is a duplicate.
     */
    private void assertNothingDiffersAfterAnother(MeteringTopics topics, Instant end, List<BillLine> lines)
            throws Exception {
        int usageRecords = topics.usageRecords();
        Findings findings = rebuild("found", "found-again", true, topics);
        assertThat(findings.lineKeys())
                .isEqualTo(lines.stream().map(RebuildTest::lineKey).distinct().count());
        Instant later = end.plus(Duration.ofHours(1));
        topics.loadUsage(List.of(), later);
        try (MeteringProcess stream = start("found-again", topics)) {
            await().until(() -> topics.isMeteredUntil(later));
            stream.kill();
        }
        assertThat(topics.usageRecords()).isEqualTo(usageRecords + PARTITIONS + 1);
        assertThat(topics.<BillLine>read(Topics.BILL_LINES)).isEqualTo(lines);
    }

    @Test
    void refusesWhatWouldMakeTheBillWrong() throws Exception {
        // Given
        Scenario scenario = TINY.read();
        Instant end = scenario.usage().get(0).ingest().plus(Duration.ofDays(60));
        try (MeteringTopics topics = new MeteringTopics(PARTITIONS)) {
            topics.load(scenario, end);
            topics.report(new MeteringProgress(0, PARTITIONS, end, end));

            // When, then
            assertRefused("lost", "lost", topics, "is the id of the stream whose state is lost");
            assertRefused("lost", "no id", topics, "'no id' is not an application id");
            Files.createDirectories(folder.resolve("state").resolve("left"));
            assertRefused("lost", "left", topics, "under the id left there are state already");

            find("lost", "refused", topics);
            topics.report(new MeteringProgress(0, PARTITIONS, end.plusSeconds(1), end));
            assertRefused("lost", "refused", topics, "but no record has this time");
            topics.report(new MeteringProgress(0, PARTITIONS, end, end));

            topics.deleteBeginning(Topics.USAGE_EVENTS, PARTITIONS, 1);
            assertRefused("lost", "refused", topics, "metering-progress does not say how far it was metered");
            for (int partition = 0; partition < PARTITIONS; partition++) {
                topics.report(new MeteringProgress(partition, PARTITIONS, end.minus(Duration.ofDays(60)), end));
            }
            assertRefused("lost", "refused", topics, "the days that are kept need it from");
            topics.report(new MeteringProgress(0, 4, end, end));
            assertRefused("lost", "refused", topics, "has 3 partitions, the stream was at work with 4");

            topics.deleteBeginning(Topics.CONTROL, 1, 1);
            assertRefused("lost", "refused", topics, "fee-center.control-0 begins at offset 1");
        }
    }

    @Test
    void refusesWhileTheOldStreamIsAtWorkAndWhatItsIdHas() throws Exception {
        // Given
        Scenario scenario = TINY.read();
        Instant end = scenario.usage().get(0).ingest();
        try (MeteringTopics topics = new MeteringTopics(1)) {
            topics.load(scenario, end);
            try (MeteringProcess stream = start("working", topics)) {
                await().until(() -> topics.isMeteredUntil(end));

                // When, then
                assertRefused("working", "unused", topics, "1 members of working are at work");
                assertRefused("lost", "working", topics, "under the id working there are topics already");
                stream.kill();
            }
        }
    }

    private static Recorded firstEvent(List<Recorded> usage) {
        return usage.stream().filter(each -> each.value() != null).findFirst().orElseThrow();
    }

    private Findings rebuild(String oldId, String newId, boolean positionsToo, MeteringTopics topics) throws Exception {
        await().ignoreExceptionsInstanceOf(RebuildRefused.class) // until the broker misses the killed one
                .until(() -> find(oldId, newId, topics) != null);
        topics.loseChangelogs(oldId);
        if (positionsToo) {
            topics.losePositions(oldId);
        }
        try (Rebuild rebuild = new Rebuild(config(oldId, topics.settings()), newId)) {
            Findings findings = rebuild.find();
            rebuild.seed(findings);
            return findings;
        }
    }

    private Findings find(String oldId, String newId, MeteringTopics topics) throws IOException {
        try (Rebuild rebuild = new Rebuild(config(oldId, topics.settings()), newId)) {
            return rebuild.find();
        }
    }

    private void assertRefused(String oldId, String newId, MeteringTopics topics, String why) {
        assertThatThrownBy(() -> find(oldId, newId, topics))
                .isInstanceOf(RebuildRefused.class)
                .hasMessageContaining(why);
    }

    private MeteringProcess start(String applicationId, MeteringTopics topics) throws IOException {
        return start(applicationId, topics.settings());
    }

    private MeteringProcess start(String applicationId, Map<String, String> where) throws IOException {
        return MeteringProcess.start(folder, settings(applicationId, where));
    }

    private MeteringConfig config(String applicationId, Map<String, String> where) throws IOException {
        Path file = folder.resolve("rebuild.properties");
        Properties properties = new Properties();
        properties.putAll(settings(applicationId, where));
        try (var writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return MeteringConfig.from(Settings.load(new String[] {file.toString()}, Map.of()));
    }

    private Map<String, String> settings(String applicationId, Map<String, String> where) throws IOException {
        Map<String, String> settings = new HashMap<>(where);
        settings.put("weir.application.id", applicationId);
        settings.put("weir.state.dir", folder.resolve("state").toString());
        settings.put("weir.http.port", Integer.toString(FreePort.next()));
        settings.put("weir.heartbeat.interval", "off");
        settings.put("kafka.session.timeout.ms", "6000"); // so that a killed one is soon missed
        settings.put("kafka.heartbeat.interval.ms", "1000");
        return settings;
    }

    private static void assertNumberedWithoutGap(List<BillLine> lines) {
        lines.stream()
                .collect(groupingBy(RebuildTest::lineKey, mapping(BillLine::getRevision, toList())))
                .forEach((key, revisions) -> assertThat(revisions)
                        .as("revisions of %s", key)
                        .containsExactlyElementsOf(
                                IntStream.range(0, revisions.size()).boxed().toList()));
    }

    private static List<String> lineKey(BillLine line) {
        return List.of(
                line.getDay().toString(),
                line.getAccountId(),
                line.getWorkspaceId(),
                line.getResource(),
                line.getItem(),
                String.valueOf(line.getRetentionDays()));
    }
}
