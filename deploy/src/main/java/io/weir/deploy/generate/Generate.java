package io.weir.deploy.generate;

import io.weir.deploy.console.Failure;
import io.weir.deploy.console.Progress;
import io.weir.deploy.scenario.ScenarioWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a scenario of simulated traffic, of any length, to be replayed. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Writes a scenario of simulated traffic: workspaces on several sites, accounts in two currencies,"
                + " re-bindings, retention, duplicates, disorder and late events. The same seed gives the same bytes.")
public final class Generate implements Callable<Integer> {

    /** The clocks change in Berlin on the second day. */
    private static final Instant START = Instant.parse("2026-03-27T16:00:00Z");

    @Option(
            names = "--events",
            required = true,
            paramLabel = "N",
            description = "Usage records to write, duplicates among them.")
    private long events;

    @Option(names = "--seed", required = true, paramLabel = "S", description = "Any whole number.")
    private long seed;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "3",
            description = "Simulated days over which the records spread (default: ${DEFAULT-VALUE}).")
    private int days;

    @Option(
            names = "--workspaces",
            paramLabel = "N",
            defaultValue = "40",
            description = "Workspaces that report (default: ${DEFAULT-VALUE}).")
    private int workspaces;

    @Parameters(paramLabel = "OUT", description = "Folder for the scenario; made where it is missing.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path out;

    private final Progress console = Progress.onStandardError();

    /** For picocli. */
    public Generate() {}

    @Override
    public Integer call() {
        if (events < 1 || days < 1 || workspaces < 1) {
            throw new Failure("--events %d --days %d --workspaces %d: each must be 1 or more."
                    .formatted(events, days, workspaces));
        }
        write(out, events, seed, days, workspaces, console);
        console.say("%,d records written to %s".formatted(events, out));
        return 0;
    }

    /**
     * Writes a scenario.
     *
     * @param out its folder, made where it is missing
     * @param events usage records, 1 or more
     * @param days over which they spread, 1 or more
     * @param workspaces that report, 1 or more
     */
    public static void write(Path out, long events, long seed, int days, int workspaces, Progress console) {
        try (ScenarioWriter scenario = ScenarioWriter.in(out)) {
            write(scenario, events, seed, days, workspaces, console);
        }
    }

    private static void write(
            ScenarioWriter scenario, long events, long seed, int days, int workspaces, Progress console) {
        Random random = new Random(seed);
        Duration length = Duration.ofDays(days);
        World world = new WorldMaker(random, START, length).make(workspaces);
        WorldFiles.write(world, scenario);
        Traffic traffic = new Traffic(world, random, START, length.dividedBy(events), Long.toString(seed));
        for (long written = 0; written < events; written++) {
            scenario.usage(traffic.next());
            long count = written;
            console.count(() -> "  %,d of %,d records written".formatted(count, events));
        }
    }
}
