package io.weir.deploy.faults;

import io.weir.deploy.console.Progress;
import io.weir.deploy.result.Reading;
import io.weir.deploy.scenario.Ending;
import io.weir.deploy.scenario.Loader;
import io.weir.deploy.scenario.Scenario;
import io.weir.deploy.stack.DataFolder;
import io.weir.deploy.stack.Pipeline;
import io.weir.deploy.stack.Stack;
import io.weir.deploy.watch.Completion;
import io.weir.deploy.watch.Target;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.IsolationLevel;

/** Plays a scenario on a new stack by a schedule of faults, and looks at what came of it. */
final class DisturbedRun {

    private final Scenario scenario;
    private final Schedule schedule;
    private final IsolationLevel isolation;
    private final Progress console;

    /** A run that reads the lines in the end with this isolation. */
    DisturbedRun(Scenario scenario, Schedule schedule, IsolationLevel isolation, Progress console) {
        this.scenario = scenario;
        this.schedule = schedule;
        this.isolation = isolation;
        this.console = console;
    }

    /**
     * Runs it. A run that fails or differs keeps its data, with the logs.
     *
     * @param comparison finds what differs from what must be, in words
     */
    RunReport compare(Function<Reading, List<String>> comparison) {
        long startNanos = System.nanoTime();
        DataFolder data = DataFolder.openNew(null);
        try (Stack stack = Stack.start(data, schedule.partitions());
                Loader loader = new Loader(
                        stack.broker().bootstrapServers(), stack.registry().url(), schedule.partitions())) {
            loader.loadControl(scenario.control());
            Pipeline pipeline = Pipeline.start(stack, schedule.instances());
            return keepingWhatFails(data, () -> play(pipeline, loader, comparison, startNanos));
        }
    }

    private RunReport keepingWhatFails(DataFolder data, Supplier<RunReport> run) {
        try {
            RunReport report = run.get();
            if (!report.differences().isEmpty()) {
                data.keep();
                console.say("  what it left is kept in " + data.root());
            }
            return report;
        } catch (RuntimeException failed) {
            data.keep();
            throw failed;
        }
    }

    private RunReport play(
            Pipeline pipeline, Loader loader, Function<Reading, List<String>> comparison, long startNanos) {
        try (DisturbedPlayback playback = new DisturbedPlayback(pipeline, loader, schedule.faults(), console)) {
            Ending ending = playback.play(scenario);
            new Completion(pipeline, console)
                    .await(new Target(ending.finalClock(), ending.usageEndsBy(), loader.usageSent()));
            Reading reading = Reading.of(pipeline, loader.usageSent() - playback.records(), isolation);
            return new RunReport(
                    schedule,
                    playback.records(),
                    reading.lines().lines().size(),
                    playback.recoveries(),
                    comparison.apply(reading),
                    Duration.ofNanos(System.nanoTime() - startNanos));
        }
    }
}
