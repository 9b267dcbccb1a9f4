package io.weir.deploy.faults;

import io.weir.deploy.console.Failure;
import io.weir.deploy.result.Csv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What came of all runs, to be read by people and by programs.
 *
 * @param runs in the order in which they ran
 */
record Report(List<RunReport> runs) {

    private static final int DIFFERENCES_SHOWN = 5;

    /** Number of differences over all runs. */
    long differences() {
        return runs.stream().mapToLong(run -> run.differences().size()).sum();
    }

    /** One run in a few lines of at most 100 columns. */
    static String inWords(RunReport run) {
        String shown = run.differences().stream()
                .limit(DIFFERENCES_SHOWN)
                .map(difference -> "\n  DIFFERS in " + difference)
                .collect(Collectors.joining());
        return "  %,d records, %,d lines, %,d differences, %d s%s"
                .formatted(
                        run.records(),
                        run.lines(),
                        run.differences().size(),
                        run.took().toSeconds(),
                        shown);
    }

    /** The sums over all runs. */
    String total() {
        return "%d runs, %d faults, %,d events, %,d lines compared, %,d differences, worst recovery %s s"
                .formatted(
                        runs.size(),
                        runs.stream().mapToLong(run -> run.recoveries().size()).sum(),
                        runs.stream().mapToLong(RunReport::records).sum(),
                        runs.stream().mapToLong(RunReport::lines).sum(),
                        differences(),
                        seconds(runs.stream()
                                .map(RunReport::worstRecovery)
                                .max(Comparator.naturalOrder())
                                .orElse(Duration.ZERO)));
    }

    /** Writes {@code faults.csv}, a row for each run, and {@code faults.md}. */
    void write(Path folder) {
        Csv.write(
                folder.resolve("faults.csv"),
                List.of(
                        "seed",
                        "partitions",
                        "instances",
                        "faults",
                        "records",
                        "lines",
                        "worst_recovery_seconds",
                        "differences",
                        "seconds"),
                runs.stream().map(Report::columns).toList());
        try {
            Files.writeString(folder.resolve("faults.md"), markdown());
        } catch (IOException refused) {
            throw new Failure("Cannot write " + folder.resolve("faults.md") + ": " + refused, refused);
        }
    }

    private static List<String> columns(RunReport run) {
        return List.of(
                Long.toString(run.schedule().seed()),
                Integer.toString(run.schedule().partitions()),
                Integer.toString(run.schedule().instances()),
                run.recoveries().stream().map(Recovery::inWords).collect(Collectors.joining("; ")),
                Long.toString(run.records()),
                Long.toString(run.lines()),
                seconds(run.worstRecovery()),
                Integer.toString(run.differences().size()),
                Long.toString(run.took().toSeconds()));
    }

    private String markdown() {
        String rows = runs.stream()
                .map(run -> "| " + String.join(" | ", columns(run)).replace("; ", "<br>") + " |\n")
                .collect(Collectors.joining());
        return """
                # Fault runs

                %s.

                | seed | partitions | instances | faults | records | lines | worst recovery, s | differences | took, s |
                |--:|--:|--:|---|--:|--:|--:|--:|--:|
                %s""".formatted(total(), rows);
    }

    private static String seconds(Duration duration) {
        return "%.1f".formatted(duration.toMillis() / 1e3);
    }
}
