package io.weir.deploy.quickstart;

import io.weir.deploy.console.Failure;
import io.weir.deploy.console.Progress;
import io.weir.deploy.scenario.Loader;
import io.weir.deploy.stack.DataFolder;
import io.weir.deploy.stack.Pipeline;
import io.weir.deploy.stack.Stack;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the whole system, lets simulated producers report for some days, and shows the bills. */
@Command(
        name = "quickstart",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Starts broker, schema registry, database and both applications on this machine, lets simulated"
                + " producers report for some days, and shows the bills.")
public final class Quickstart implements Callable<Integer> {

    private static final int PARTITIONS = 4;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder for data and logs, which stays; a folder of an earlier run is continued"
                    + " (default: a temporary one, which goes at the end).")
    private @Nullable Path data;

    @Option(names = "--keep", description = "Keeps everything up, and time passing, until Ctrl-C.")
    private boolean keep;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "3",
            description = "Simulated days (default: ${DEFAULT-VALUE}).")
    private int days;

    private final Progress console = Progress.onStandardError();

    /** For picocli. */
    public Quickstart() {}

    @Override
    public Integer call() {
        if (days < 1) {
            throw new Failure("--days " + days + ": at least one day.");
        }
        DataFolder folder = DataFolder.open(data);
        console.say("Starting broker, schema registry and database; data is in " + folder.root());
        try (Stack stack = Stack.start(folder, PARTITIONS);
                Loader loader = new Loader(
                        stack.broker().bootstrapServers(), stack.registry().url(), PARTITIONS)) {
            Simulation simulation = new Simulation(folder, loader);
            simulation.introduce();
            console.say("Starting metering stream and fee center; logs are in " + folder.folder("log"));
            Pipeline pipeline = Pipeline.start(stack);
            Demo demo = new Demo(stack, simulation.world());
            demo.letIn(simulation.now());
            new Show(pipeline, simulation, console).run(days, keep, new Directions(pipeline, demo, System.out));
        }
        return 0;
    }
}
