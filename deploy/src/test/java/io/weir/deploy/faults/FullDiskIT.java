package io.weir.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.deploy.console.Progress;
import io.weir.deploy.result.Reading;
import io.weir.deploy.scenario.Ending;
import io.weir.deploy.scenario.Loader;
import io.weir.deploy.scenario.Scenario;
import io.weir.deploy.scenario.UsageRecord;
import io.weir.deploy.stack.DataFolder;
import io.weir.deploy.stack.Pipeline;
import io.weir.deploy.stack.Stack;
import io.weir.deploy.watch.Completion;
import io.weir.deploy.watch.Positions;
import io.weir.deploy.watch.Target;
import io.weir.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk of the state is full while usage arrives, while the metering stream stops, and when it starts. The disk is a namespace of its own, which not
 * every machine allows.
 */
@Tag("installed")
class FullDiskIT {

    private static final Path TINY = Path.of("src/test/resources/scenarios/tiny");
    private static final int PARTITIONS = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int STOPPED_BY_SIGTERM = 128 + 15;

    @TempDir
    Path folder;

    private final Scenario scenario = Scenario.open(TINY);
    private Stack stack;
    private Loader loader;
    private Pipeline pipeline;

    @BeforeEach
    void start() {
        stack = Stack.start(DataFolder.open(folder.resolve("data")), PARTITIONS);
        loader = new Loader(stack.broker().bootstrapServers(), stack.registry().url(), PARTITIONS);
        loader.loadControl(scenario.control());
        pipeline = Pipeline.start(stack, 1, name -> Map.of("weir.state.free.minimum", "1048576"));
        pipeline.metering().stop();
    }

    @AfterEach
    void stop() {
        loader.close();
        stack.close();
    }

    @Test
    void aFullDiskTurnsTheHealthRedAndChangesNoBill() throws Exception {
        // Given
        List<UsageRecord> usage;
        try (Stream<UsageRecord> all = scenario.usage()) {
            usage = all.toList();
        }
        int third = usage.size() / 3;

        // When
        try (SmallDisk disk = SmallDisk.empty(stack)) {
            await().atMost(PATIENCE).until(() -> disk.health().startsWith("200"));
            load(usage.subList(0, third));
            disk.fill();
            await().atMost(PATIENCE).until(() -> disk.health().contains("has 0 bytes free"));
            load(usage.subList(third, 2 * third));
            assertThat(disk.stop()).isEqualTo(STOPPED_BY_SIGTERM);
        }
        try (SmallDisk disk = SmallDisk.full(stack)) {
            assertThat(disk.awaitEnd()).isEqualTo(1);
        }
        pipeline.metering().startAgain();
        load(usage.subList(2 * third, usage.size()));
        end(usage);

        // Then
        assertThat(stack.data().log("small-disk")).content().contains("has 0 bytes free", "make room");
        Reading reading = Reading.of(pipeline, loader.usageSent() - usage.size());
        reading.requireAgreement();
        reading.result().write(folder);
        assertThat(folder.resolve("bill.csv")).hasSameBinaryContentAs(TINY.resolve("expected/bill.csv"));
        assertThat(folder.resolve("outcomes.csv")).hasSameBinaryContentAs(TINY.resolve("expected/outcomes.csv"));
    }

    /** Returns when the metering stream has committed all of it. */
    private void load(List<UsageRecord> usage) {
        usage.forEach(loader::load);
        loader.flush();
        try (Positions positions = new Positions(stack)) {
            await().atMost(PATIENCE)
                    .until(() -> Positions.behind(positions.metered(), positions.ends(Topics.USAGE_EVENTS)) == 0);
        }
    }

    private void end(List<UsageRecord> usage) {
        Ending ending = new Ending(usage.stream()
                .map(UsageRecord::ingest)
                .max(Comparator.naturalOrder())
                .orElseThrow());
        ending.heartbeats().forEach(loader::heartbeat);
        loader.flush();
        new Completion(pipeline, Progress.onStandardError())
                .await(new Target(ending.finalClock(), ending.usageEndsBy(), loader.usageSent()));
    }
}
