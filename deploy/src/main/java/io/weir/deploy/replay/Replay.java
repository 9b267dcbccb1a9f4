package io.weir.deploy.replay;

import io.weir.deploy.console.Failure;
import io.weir.deploy.console.Progress;
import io.weir.deploy.result.Expectation;
import io.weir.deploy.result.Result;
import io.weir.deploy.scenario.Loader;
import io.weir.deploy.scenario.Scenario;
import io.weir.deploy.stack.DataFolder;
import io.weir.deploy.stack.Pipeline;
import io.weir.deploy.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a recorded scenario through the real pipeline and writes what came of it (rules.md §9). */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs a recorded scenario through the real pipeline - broker, streams application, sink, database - and writes"
                    + " bill.csv and lines.csv (the same in the ledger and on the topic, or the replay fails) and outcomes.csv.",
            "Compares them with SCENARIO/expected where that is there."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:processed to the last record, the ledger agrees with the topic, all as expected",
            "1:anything else, said in words",
            "2:wrong usage of the command"
        })
public final class Replay implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "SCENARIO", description = "Folder with the scenario.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path folder;

    @Parameters(index = "1", paramLabel = "OUT", description = "Folder for the result; made where it is missing.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "4",
            description = "Partitions of usage-events (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(
            names = "--kill-after",
            paramLabel = "RECORDS",
            description = "Kills the metering stream with SIGKILL after about that many records, and starts it again."
                    + " May be given more than once.")
    private List<Long> kills = new ArrayList<>();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "New folder for the data and logs of the run, which stays (default: a temporary one).")
    private @Nullable Path data;

    private final Progress console = Progress.onStandardError();

    /** For picocli. */
    public Replay() {}

    @Override
    public Integer call() {
        Scenario scenario = Scenario.open(folder);
        prepareOut();
        Result result = replay(scenario);
        result.write(out);
        console.say("Written to " + out + ": bill.csv, outcomes.csv, lines.csv");
        return scenario.expected().map(expected -> new Expectation(expected, out)).stream()
                        .allMatch(expectation -> expectation.isMet(console::say))
                ? 0
                : 1;
    }

    private Result replay(Scenario scenario) {
        console.say("Starting broker, schema registry and database");
        try (Stack stack = Stack.start(DataFolder.openNew(data), partitions);
                Loader loader = new Loader(
                        stack.broker().bootstrapServers(), stack.registry().url(), partitions)) {
            loader.loadControl(scenario.control());
            console.say("Starting metering stream and fee center; logs are in "
                    + stack.data().folder("log"));
            return new Run(Pipeline.start(stack), loader, console).of(scenario, kills);
        }
    }

    private void prepareOut() {
        try {
            Files.createDirectories(out);
        } catch (IOException refused) {
            throw new Failure("Cannot write to " + out + ": " + refused, refused);
        }
    }
}
