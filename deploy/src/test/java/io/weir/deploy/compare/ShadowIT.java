package io.weir.deploy.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.deploy.audit.Audit;
import io.weir.deploy.console.Failure;
import io.weir.deploy.console.Progress;
import io.weir.deploy.generate.Generate;
import io.weir.deploy.result.Reading;
import io.weir.deploy.scenario.Ending;
import io.weir.deploy.scenario.Loader;
import io.weir.deploy.scenario.Scenario;
import io.weir.deploy.scenario.UsageRecord;
import io.weir.deploy.stack.DataFolder;
import io.weir.deploy.stack.Pause;
import io.weir.deploy.stack.Pipeline;
import io.weir.deploy.stack.Stack;
import io.weir.deploy.watch.Completion;
import io.weir.deploy.watch.Positions;
import io.weir.deploy.watch.Target;
import io.weir.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A live installation and a shadow on one broker and one database. The shadow is started for the first time when weeks of usage
 * are on the topic; from then on both meter side by side. {@code -Dweir.history.events} makes the history longer, to measure.
 */
class ShadowIT {

    private static final int EVENTS = Integer.getInteger("weir.history.events", 6_000);
    private static final int DAYS = 30;
    private static final int PARTITIONS = 2;
    private static final Duration LONGEST_CATCH_UP = Duration.ofMinutes(20);

    private final Progress console = Progress.onStandardError();

    @TempDir
    Path folder;

    @Test
    void aShadowThatBeginsWithWeeksOfHistoryHasTheSameBillAndLeavesTheLiveOneAlone() {
        // Given
        Generate.write(folder.resolve("scenario"), EVENTS, 7, DAYS, 20, console);
        Scenario scenario = Scenario.open(folder.resolve("scenario"));
        try (Stack live = Stack.start(DataFolder.open(folder.resolve("data")), PARTITIONS);
                Loader loader = loader(live)) {
            loader.loadControl(scenario.control());
            Pipeline lives = Pipeline.start(live);
            load(scenario, 0, EVENTS * 9L / 10, loader);
            loader.flush();
            awaitRead(lives);

            // When
            Stack shadow = live.shadow("shadow.");
            try (Loader control = loader(shadow)) {
                control.loadControl(scenario.control());
            }
            Pipeline shadows = Pipeline.start(shadow);
            long startNanos = System.nanoTime();
            awaitRead(shadows);
            say(loader.usageSent(), System.nanoTime() - startNanos);
            Ending ending = new Ending(load(scenario, EVENTS * 9L / 10, EVENTS, loader));
            ending.heartbeats().forEach(loader::heartbeat);
            loader.flush();
            Target target = new Target(ending.finalClock(), ending.usageEndsBy(), loader.usageSent());
            new Completion(lives, console).await(target);
            new Completion(shadows, console).await(target);

            // Then
            Reading ofLive = Reading.of(lives, loader.usageSent() - EVENTS);
            Reading ofShadow = Reading.of(shadows, loader.usageSent() - EVENTS);
            assertThat(ofLive.lines().lines()).isNotEmpty();
            assertThat(ofShadow.result()).isEqualTo(ofLive.result());
            ofLive.requireAgreement();
            ofShadow.requireAgreement();
            assertThat(compare(live, shadow)).isZero();
            assertThat(audit(live)).isZero();
            assertThat(audit(shadow)).isZero();
        }
    }

    private static Loader loader(Stack stack) {
        return new Loader(
                stack.broker().bootstrapServers(), stack.registry().url(), stack.partitions(), stack.topics());
    }

    private static Instant load(Scenario scenario, long from, long to, Loader loader) {
        try (Stream<UsageRecord> usage = scenario.usage()) {
            return usage.skip(from)
                    .limit(to - from)
                    .peek(loader::load)
                    .map(UsageRecord::ingest)
                    .reduce((one, other) -> one.isAfter(other) ? one : other)
                    .orElseThrow();
        }
    }

    private static void awaitRead(Pipeline pipeline) {
        try (Positions positions = new Positions(pipeline.stack())) {
            Pause.until(
                    () -> Positions.behind(positions.metered(), positions.ends(Topics.USAGE_EVENTS)) == 0,
                    LONGEST_CATCH_UP,
                    pipeline::requireAlive,
                    () -> new Failure("the usage is not read"));
        }
    }

    private void say(long records, long nanos) {
        console.say("  first start on %,d records of %d days: once ready, read in %,d ms, %,d records a second"
                .formatted(records, DAYS, nanos / 1_000_000, records * 1_000_000_000 / nanos));
    }

    private static int compare(Stack live, Stack shadow) {
        return new CommandLine(new Compare())
                .execute(
                        live.feeCenterSettings().toString(),
                        shadow.feeCenterSettings().toString());
    }

    private static int audit(Stack stack) {
        return new CommandLine(new Audit())
                .execute(
                        "--metering",
                        stack.meteringSettings().toString(),
                        "--fee-center",
                        stack.feeCenterSettings().toString());
    }
}
