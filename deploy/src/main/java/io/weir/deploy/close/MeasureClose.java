package io.weir.deploy.close;

import io.weir.deploy.console.Failure;
import io.weir.deploy.console.Progress;
import io.weir.deploy.scenario.Loader;
import io.weir.deploy.scenario.Scenario;
import io.weir.deploy.scenario.UsageRecord;
import io.weir.deploy.stack.DataFolder;
import io.weir.deploy.stack.Pause;
import io.weir.deploy.stack.Pipeline;
import io.weir.deploy.stack.Stack;
import io.weir.deploy.watch.Completion;
import io.weir.deploy.watch.Target;
import io.weir.deploy.watch.TopicReader;
import io.weir.usage.MeteringProgress;
import io.weir.wire.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets the days of very many workspaces end at once, and measures how long that takes and what other traffic feels of it. */
@Command(
        name = "measure-close",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Lets the days of very many workspaces end at the same instant, and prints how long it takes until all"
                        + " lines are issued and posted, and how long other records had to wait meanwhile.")
public final class MeasureClose implements Callable<Integer> {

    private static final Duration BEFORE = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    @Option(
            names = "--workspaces",
            paramLabel = "N",
            defaultValue = "100000",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int workspaces;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "4",
            description = "Partitions of usage-events (default: ${DEFAULT-VALUE}).")
    private int partitions;

    private final Progress console = Progress.onStandardError();

    /** For picocli. */
    public MeasureClose() {}

    @Override
    public Integer call() {
        console.say("Starting broker, schema registry and database");
        try (Stack stack = Stack.start(DataFolder.openNew(null), partitions);
                Loader loader = new Loader(
                        stack.broker().bootstrapServers(), stack.registry().url(), partitions)) {
            Scenario day = new CrowdedDay(workspaces).writeTo(stack.data().folder("scenario"));
            loader.loadControl(day.control());
            console.say("Starting metering stream and fee center");
            Pipeline pipeline = Pipeline.start(stack);
            use(day, loader);
            await(pipeline, loader, CrowdedDay.EVENING);
            console.say("%,d workspaces have used something on %d partitions".formatted(workspaces, partitions));
            measure(pipeline, loader);
        }
        return 0;
    }

    private static void use(Scenario day, Loader loader) {
        try (Stream<UsageRecord> usage = day.usage()) {
            usage.forEachOrdered(loader::load);
        }
        loader.heartbeat(CrowdedDay.EVENING);
        loader.flush();
    }

    /** Waits until all that was written is metered, and posted as far as it is due at this clock. */
    private void await(Pipeline pipeline, Loader loader, Instant clock) {
        Instant issuedBefore = clock.minus(Duration.between(CrowdedDay.END, CrowdedDay.CLOSE));
        new Completion(pipeline, console).await(new Target(clock, issuedBefore, loader.usageSent()));
    }

    private void measure(Pipeline pipeline, Loader loader) {
        try (Probes probes = new Probes(pipeline.stack(), CrowdedDay.EVENING);
                TopicReader<MeteringProgress> progress =
                        new TopicReader<>(pipeline.stack(), Topics.METERING_PROGRESS, 1)) {
            Pause.of(BEFORE);
            console.say("Before:      other traffic waits: " + probes.waits().inWords());
            long startNanos = System.nanoTime();
            loader.heartbeat(CrowdedDay.CLOSE);
            loader.flush();
            probes.moveTo(CrowdedDay.CLOSE);
            awaitIssued(pipeline, progress);
            console.say("All issued:  after %.1f s; other traffic waited: %s"
                    .formatted(secondsSince(startNanos), probes.waits().inWords()));
            await(pipeline, loader, CrowdedDay.CLOSE);
            console.say("All posted:  after %.1f s".formatted(secondsSince(startNanos)));
        }
    }

    private void awaitIssued(Pipeline pipeline, TopicReader<MeteringProgress> progress) {
        Set<Integer> closed = new HashSet<>();
        Pause.until(
                () -> {
                    progress.readOn().stream()
                            .filter(said -> !said.getIssuedBefore().isBefore(CrowdedDay.END))
                            .forEach(said -> closed.add(said.getPartition()));
                    return closed.size() == partitions;
                },
                LONGEST,
                pipeline::requireAlive,
                () -> new Failure("The days have not closed within " + LONGEST));
    }

    private static double secondsSince(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
