package io.weir.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.deploy.console.Progress;
import io.weir.deploy.generate.Generate;
import io.weir.deploy.result.Reading;
import io.weir.deploy.result.Result;
import io.weir.deploy.scenario.Ending;
import io.weir.deploy.scenario.Loader;
import io.weir.deploy.scenario.Scenario;
import io.weir.deploy.stack.DataFolder;
import io.weir.deploy.stack.Pipeline;
import io.weir.deploy.stack.Stack;
import io.weir.deploy.watch.Completion;
import io.weir.deploy.watch.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Instances of the metering stream are restarted one after the other under load, and one is killed while the days close; the bill,
 * the outcomes and the lines are those of a run that nobody disturbed.
 */
class RollingIT {

    private static final int EVENTS = 12_000;
    private static final int PARTITIONS = 4;
    private static final Progress CONSOLE = Progress.onStandardError();

    @TempDir
    static Path folder;

    private static Scenario scenario;
    private static Result undisturbed;

    @BeforeAll
    static void playUndisturbed() {
        Generate.write(folder.resolve("scenario"), EVENTS, 11, 3, 20, CONSOLE);
        scenario = Scenario.open(folder.resolve("scenario"));
        undisturbed = play("undisturbed", 1, List.of(), name -> Map.of());
    }

    @Test
    void twoInstancesWithStandbysAreRestartedInTurn() {
        assertThat(play("two", 2, restartsAndAKill(2), name -> Map.of("kafka.num.standby.replicas", "1")))
                .isEqualTo(undisturbed);
    }

    @Test
    void fourInstancesWithStandbysAndStaticMembershipAreRestartedInTurn() {
        assertThat(play(
                        "four",
                        4,
                        restartsAndAKill(4),
                        name -> Map.of(
                                "kafka.num.standby.replicas", "1", "kafka.main.consumer.group.instance.id", name)))
                .isEqualTo(undisturbed);
    }

    private static List<Fault> restartsAndAKill(int instances) {
        List<Fault> faults = new ArrayList<>();
        for (int instance = 0; instance < instances; instance++) {
            int share = 100 + 800 * instance / instances;
            faults.add(
                    new Fault(Part.METERING, instance, Blow.STOP, Phase.WRITING, share, Duration.ZERO, Duration.ZERO));
        }
        faults.add(new Fault(Part.METERING, 0, Blow.KILL, Phase.CLOSING, 1000, Duration.ZERO, Duration.ZERO));
        return faults;
    }

    private static Result play(
            String name, int instances, List<Fault> faults, Function<String, Map<String, String>> settings) {
        try (Stack stack = Stack.start(DataFolder.open(folder.resolve(name)), PARTITIONS);
                Loader loader = new Loader(
                        stack.broker().bootstrapServers(), stack.registry().url(), PARTITIONS)) {
            loader.loadControl(scenario.control());
            Pipeline pipeline = Pipeline.start(stack, instances, settings);
            try (DisturbedPlayback playback = new DisturbedPlayback(pipeline, loader, faults, CONSOLE)) {
                Ending ending = playback.play(scenario);
                new Completion(pipeline, CONSOLE)
                        .await(new Target(ending.finalClock(), ending.usageEndsBy(), loader.usageSent()));
                Reading reading = Reading.of(pipeline, loader.usageSent() - playback.records());
                reading.requireAgreement();
                return reading.result();
            }
        }
    }
}
