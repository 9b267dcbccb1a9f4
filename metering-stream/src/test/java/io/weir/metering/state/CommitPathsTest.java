package io.weir.metering.state;

import static io.weir.wire.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every way in which a commit happens, on a real broker: whatever was committed, the stores say what the committed
 * offsets say.
 *
 * <p>No contract of Kafka Streams promises that the write-back runs in all of them. If one of these tests fails after
 * an upgrade, the upgrade loses money.
 */
@Timeout(900)
class CommitPathsTest {

    @TempDir
    private Path directory;

    private TallyGroup group;

    @BeforeEach
    void createTopics(TestInfo test) {
        group = new TallyGroup(
                "tally-" + Integer.toHexString(test.getDisplayName().hashCode()), directory);
    }

    @AfterEach
    void stopApplications() {
        group.close();
    }

    @Test
    void writesBackAtTheCommitInterval() {
        // Given
        Tally tally = new Tally();
        group.start(tally, Map.of(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 200));

        // When
        group.use(0, "a", "b", "a");

        // Then
        group.awaitCommitted(3, 0);
        assertStateIsWhatOffsetsSay(tally);
    }

    @Test
    void writesBackWhenAnotherTaskOfTheThreadRequestsACommit() {
        // Given
        Tally tally = new Tally();
        group.start(tally, Map.of());
        group.use(0, "a", "b", "a");
        TallyGroup.awaitProcessed(tally, 3);

        // When
        group.command(1, "commit");

        // Then
        group.awaitCommitted(3, 1);
        assertThat(tally.writeBacks).containsExactlyInAnyOrder("0_0=3", "0_1=1");
        assertStateIsWhatOffsetsSay(tally);
    }

    @Test
    void writesBackOnceForThousandsOfRecordsBetweenTwoCommits() {
        // Given
        Tally tally = new Tally();
        group.start(tally, Map.of());
        String[] many = IntStream.range(0, 5_000).mapToObj(i -> "key-" + i % 7).toArray(String[]::new);

        // When
        group.use(0, many);
        TallyGroup.awaitProcessed(tally, 5_000);
        group.command(0, "commit");
        group.awaitCommitted(5_001, 0);
        group.use(0, many);
        TallyGroup.awaitProcessed(tally, 10_001);
        group.command(0, "commit");
        group.awaitCommitted(10_002, 0);

        // Then
        assertThat(tally.writeBacks).containsExactly("0_0=5001", "0_0=10002");
        assertStateIsWhatOffsetsSay(tally);
    }

    @Test
    void writesBackWhenTasksAreRevoked() {
        // Given
        Tally tally = new Tally();
        group.start(tally, Map.of());
        group.use(0, "a", "b", "a");
        group.use(1, "c", "c");
        TallyGroup.awaitProcessed(tally, 5);

        // When
        Tally second = new Tally();
        KafkaStreams joined = group.start(second, Map.of());
        await().until(() -> joined.metadataForLocalThreads().stream()
                .anyMatch(thread -> !thread.activeTasks().isEmpty()));

        // Then
        group.awaitCommitted(3, 2);
        assertStateIsWhatOffsetsSay(tally, second);

        // When
        group.use(0, "a");
        group.use(1, "c");
        TallyGroup.awaitProcessed(second, 1);
        TallyGroup.awaitProcessed(tally, 5 + 1);
        group.stopApplications();

        // Then
        assertThat(group.committed()).isEqualTo(Map.of(0, 4L, 1, 3L));
        assertThat(group.counts()).isEqualTo(Map.of("0/a", 3L, "0/b", 1L, "1/c", 3L));
        assertStateIsWhatOffsetsSay(tally, second);
    }

    @Test
    void writesBackAtACleanClose() {
        // Given
        Tally tally = new Tally();
        KafkaStreams streams = group.start(tally, Map.of());
        group.use(0, "a", "b", "a");
        TallyGroup.awaitProcessed(tally, 3);

        // When
        streams.close();

        // Then
        assertThat(group.committed()).isEqualTo(Map.of(0, 3L));
        assertThat(tally.writeBacks).containsExactly("0_0=3");
        assertStateIsWhatOffsetsSay(tally);
    }

    @Test
    void losesNothingInADirtyCloseAfterADefectInTheMiddleOfAChange() {
        // Given
        Tally tally = new Tally();
        group.start(tally, Map.of());
        group.use(0, "a", "b");
        group.use(1, "c");
        TallyGroup.awaitProcessed(tally, 3);

        // When
        group.command(0, "crash");
        group.use(0, "a");
        TallyGroup.awaitProcessed(tally, 3 + 5);
        group.stopApplications();

        // Then
        assertThat(group.counts()).isEqualTo(Map.of("0/a", 2L, "0/b", 1L, "0/crash", 1L, "1/c", 1L));
        assertThat(group.told()).isEqualTo(Map.of(0, List.of("a=1", "b=1", "crash=1", "a=2"), 1, List.of("c=1")));
        assertStateIsWhatOffsetsSay(tally);
    }

    /**
     * Streams then closes all tasks dirty, commits what is in flight once more, and revives the same processor objects.
     */
    @Test
    void startsAgainFromTheStoresAfterACommitThatTimesOut() {
        // Given
        Tally tally = new Tally();
        AtomicBoolean away = new AtomicBoolean();
        group.start(tally, new WatchedClients(() -> timeOutOnce(away), () -> {}));
        group.use(0, "a", "b");
        TallyGroup.awaitProcessed(tally, 2);
        group.command(1, "commit");
        group.awaitCommitted(2, 1);
        group.use(0, "a");
        TallyGroup.awaitProcessed(tally, 4);

        // When
        away.set(true);
        group.command(1, "commit");
        await().until(() -> tally.loads.size() >= 4);
        group.use(0, "a");
        TallyGroup.awaitProcessed(tally, 6);
        group.command(1, "commit");

        // Then
        group.awaitCommitted(4, 3);
        assertThat(tally.loads).containsExactlyInAnyOrder("0_0=0", "0_1=0", "0_0=3", "0_1=2");
        assertThat(group.counts()).isEqualTo(Map.of("0/a", 3L, "0/b", 1L, "1/commit", 3L));
        assertThat(group.told())
                .isEqualTo(
                        Map.of(0, List.of("a=1", "b=1", "a=2", "a=3"), 1, List.of("commit=1", "commit=2", "commit=3")));
        assertStateIsWhatOffsetsSay(tally);
    }

    private static void timeOutOnce(AtomicBoolean away) {
        if (away.getAndSet(false)) {
            throw new TimeoutException("the broker is away");
        }
    }

    @Test
    void writesBackAfterEachRecordWithoutACache() {
        // Given
        Tally tally = new Tally();
        group.start(tally, Map.of(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0));

        // When
        group.use(0, "a", "b");
        group.command(0, "commit");

        // Then
        group.awaitCommitted(3, 0);
        assertThat(tally.writeBacks).containsExactly("0_0=1", "0_0=2", "0_0=3");
        assertStateIsWhatOffsetsSay(tally);
    }

    @Test
    void keepsStateWhileThreadsAreAddedAndRemoved() {
        // Given
        Tally tally = new Tally();
        KafkaStreams streams = group.start(tally, Map.of());
        group.use(0, "a", "b");
        group.use(1, "c");
        TallyGroup.awaitProcessed(tally, 3);

        // When
        streams.addStreamThread();
        await().until(() -> streams.metadataForLocalThreads().stream()
                .allMatch(thread -> thread.activeTasks().size() == 1));
        group.use(0, "a");
        group.use(1, "c");
        TallyGroup.awaitProcessed(tally, 5);
        streams.removeStreamThread();
        group.use(0, "a");
        group.use(1, "c");
        TallyGroup.awaitProcessed(tally, 7);
        group.stopApplications();

        // Then
        assertThat(group.counts()).isEqualTo(Map.of("0/a", 3L, "0/b", 1L, "1/c", 3L));
        assertStateIsWhatOffsetsSay(tally);
    }

    @Test
    void keepsStateWhileAStandbyTakesOverAndBack() {
        // Given
        Map<String, Object> settings =
                Map.of(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, 1, StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 200);
        Tally tally = new Tally();
        Tally second = new Tally();
        KafkaStreams one = group.start(tally, settings);
        KafkaStreams two = group.start(second, settings);
        await().until(() -> TallyGroup.standbys(one) == 1 && TallyGroup.standbys(two) == 1);
        group.use(0, "a", "b");
        group.use(1, "c");
        group.awaitCommitted(2, 1);

        // When
        TallyGroup.leave(one);
        group.use(0, "a");
        group.use(1, "c");

        // Then
        group.awaitCommitted(3, 2);
        assertStateIsWhatOffsetsSay(tally, second);

        // When
        Tally third = new Tally();
        group.start(third, settings);
        await().until(() -> TallyGroup.standbys(two) == 1);
        group.use(0, "a");
        group.use(1, "c");
        group.awaitCommitted(4, 3);
        TallyGroup.leave(two);
        group.use(0, "a");
        group.use(1, "c");

        // Then
        group.awaitCommitted(5, 4);
        assertThat(group.counts()).isEqualTo(Map.of("0/a", 4L, "0/b", 1L, "1/c", 4L));
        assertStateIsWhatOffsetsSay(tally, second, third);
    }

    @ParameterizedTest
    @EnumSource(HaltingTally.Moment.class)
    void survivesSuddenDeathAtAnyMomentOfACommit(HaltingTally.Moment death) throws Exception {
        // Given
        Path state = directory.resolve("state");
        Process process = group.haltingProcess(death, state);
        long sent = 0;
        while (process.isAlive()) {
            group.use(0, "a", "b");
            group.use(1, "c", "d");
            sent += 2;
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        assertThat(process.exitValue()).isEqualTo(HaltingTally.EXIT);

        // When
        Tally tally = new Tally();
        group.start(
                tally,
                state,
                Map.of(
                        StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                        200,
                        StreamsConfig.consumerPrefix("group.instance.id"),
                        "static"));
        await().until(() -> tally.loads.size() >= 2);

        // Then
        assertThat(tally.loads).anyMatch(load -> !load.endsWith("=0"));
        group.awaitCommitted(sent, sent);
        assertThat(group.counts())
                .isEqualTo(Map.of("0/a", sent / 2, "0/b", sent / 2, "1/c", sent / 2, "1/d", sent / 2));
        assertThat(group.told().get(0)).isEqualTo(tellings(sent / 2, "a", "b"));
        assertThat(group.told().get(1)).isEqualTo(tellings(sent / 2, "c", "d"));
        assertStateIsWhatOffsetsSay(tally);
    }

    private void assertStateIsWhatOffsetsSay(Tally... tallies) {
        assertThat(group.positions()).isEqualTo(group.committed());
        Map<Integer, Long> counted = new TreeMap<>();
        group.counts().forEach((key, count) -> counted.merge(Integer.parseInt(key.substring(0, 1)), count, Long::sum));
        assertThat(counted).isEqualTo(group.committed());
        for (Tally tally : tallies) {
            assertThat(tally.contradictions).isEmpty();
        }
    }

    private static List<String> tellings(long times, String first, String second) {
        List<String> tellings = new ArrayList<>();
        for (long time = 1; time <= times; time++) {
            tellings.add(first + "=" + time);
            tellings.add(second + "=" + time);
        }
        return tellings;
    }
}
