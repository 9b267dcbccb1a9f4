package io.weir.deploy.faults;

import io.weir.deploy.console.Failure;
import io.weir.deploy.console.Progress;
import io.weir.deploy.generate.Generate;
import io.weir.deploy.result.Expectation;
import io.weir.deploy.result.Reading;
import io.weir.deploy.result.Result;
import io.weir.deploy.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.IsolationLevel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plays a scenario again and again while parts fail, and compares each result with that of an undisturbed run. */
@Command(
        name = "faults",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Plays a scenario while broker, database, schema registry and both applications are killed, stopped and frozen by a"
                    + " schedule that follows from a seed.",
            "Each run must give the bill, the outcomes and the lines of an undisturbed run."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:no run differs", "1:anything else, said in words", "2:wrong usage of the command"})
public final class Faults implements Callable<Integer> {

    private static final int RECORDS = 20_000;
    private static final int DAYS = 3;
    private static final int WORKSPACES = 40;

    @Parameters(
            arity = "0..1",
            paramLabel = "SCENARIO",
            description = "Folder with the scenario (default: a generated one of 20,000 records).")
    private @Nullable Path folder;

    @Option(names = "--runs", paramLabel = "N", defaultValue = "20", description = "Runs (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of the first run; the next runs take the next numbers (default: ${DEFAULT-VALUE}).")
    private long firstSeed;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "0",
            description = "Partitions of usage-events (default: drawn, 1 or 4).")
    private int partitions;

    @Option(
            names = "--instances",
            paramLabel = "N",
            defaultValue = "0",
            description = "Instances of the metering stream (default: drawn, 1 or 2).")
    private int instances;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "faults",
            description = "Folder for faults.md, faults.csv and the undisturbed results (default: ./${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path out;

    @Option(
            names = "--read-uncommitted",
            description =
                    "Negative control: kills the metering stream while lines are uncommitted, and compares the lines as"
                            + " somebody sees them who reads uncommitted records. Every run must differ.")
    private boolean readUncommitted;

    private final Progress console = Progress.onStandardError();
    private final Map<Integer, Result> undisturbed = new HashMap<>();

    /** For picocli. */
    public Faults() {}

    @Override
    public Integer call() {
        if (runs < 1 || partitions < 0 || instances < 0) {
            throw new Failure("--runs %d --partitions %d --instances %d: each must be 1 or more."
                    .formatted(runs, partitions, instances));
        }
        Scenario scenario = scenario();
        List<RunReport> reports = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            reports.add(run(scenario, schedule(firstSeed + run)));
            new Report(reports).write(out);
        }
        Report report = new Report(reports);
        console.say(report.total());
        console.say("Written to " + out + ": faults.md, faults.csv");
        return report.differences() == 0 ? 0 : 1;
    }

    private Scenario scenario() {
        if (folder == null) {
            Path generated = out.resolve("scenario");
            Generate.write(generated, RECORDS, firstSeed, DAYS, WORKSPACES, console);
            return Scenario.open(generated);
        }
        return Scenario.open(folder);
    }

    private Schedule schedule(long seed) {
        return readUncommitted
                ? Schedule.killWhileLinesAreUncommitted(seed, Math.max(1, partitions))
                : Schedule.draw(seed, partitions, instances);
    }

    private RunReport run(Scenario scenario, Schedule schedule) {
        Comparison comparison = new Comparison(undisturbed(scenario, 1), undisturbed(scenario, schedule.partitions()));
        console.say("Seed %d, partitions %d, instances of the metering stream %d"
                .formatted(schedule.seed(), schedule.partitions(), schedule.instances()));
        IsolationLevel isolation = readUncommitted ? IsolationLevel.READ_UNCOMMITTED : IsolationLevel.READ_COMMITTED;
        RunReport report =
                compareOrFail(new DisturbedRun(scenario, schedule, isolation, console), schedule, comparison);
        console.say(Report.inWords(report));
        return report;
    }

    /** A run that does not come to its end differs, and the next seed is tried all the same. */
    private static RunReport compareOrFail(DisturbedRun run, Schedule schedule, Comparison comparison) {
        try {
            return run.compare(comparison::differences);
        } catch (Failure failed) {
            return RunReport.failed(schedule, "the run itself: " + failed.getMessage());
        }
    }

    private Result undisturbed(Scenario scenario, int count) {
        Result known = undisturbed.get(count);
        if (known != null) {
            return known;
        }
        console.say("Undisturbed, partitions %d".formatted(count));
        List<Result> results = new ArrayList<>();
        RunReport report = new DisturbedRun(
                        scenario, Schedule.undisturbed(count), IsolationLevel.READ_COMMITTED, console)
                .compare(reading -> note(reading, results));
        console.say(Report.inWords(report));
        Result result = results.get(0);
        requireExpected(scenario, result, out.resolve("undisturbed-" + count));
        undisturbed.put(count, result);
        return result;
    }

    private static List<String> note(Reading reading, List<Result> results) {
        reading.requireAgreement();
        results.add(reading.result());
        return List.of();
    }

    /** Without faults a scenario must give what it says itself, where it does. */
    private void requireExpected(Scenario scenario, Result result, Path folderOfResult) {
        try {
            Files.createDirectories(folderOfResult);
        } catch (IOException refused) {
            throw new Failure("Cannot write to " + folderOfResult + ": " + refused, refused);
        }
        result.write(folderOfResult);
        scenario.expected()
                .filter(expected -> !new Expectation(expected, folderOfResult).isMet(console::say))
                .ifPresent(expected -> {
                    throw new Failure("Without any fault the result is not that of " + expected);
                });
    }
}
