package io.weir.deploy.compare;

import io.weir.deploy.result.Csv;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares two net bills: of a shadow and of what bills now, of two replays, of a file and a ledger. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Compares two net bills by day, account, workspace, resource, item and retention, without tolerance.",
            "A bill is a fee center's properties file (FILE.properties: the bill is read from its ledger), a table in the columns"
                    + " of bill.csv, or a folder with a bill.csv, as a replay writes it."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the bills are equal",
            "1:they differ, or one could not be read; said in words",
            "2:wrong usage of the command"
        })
public final class Compare implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "A", description = "The one bill.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path a;

    @Parameters(index = "1", paramLabel = "B", description = "The other.")
    @SuppressWarnings("NullAway.Init")
    private Path b;

    @Option(names = "--from", paramLabel = "DAY", description = "Compares from this billing day on, as 2026-03-01.")
    private @Nullable LocalDate from;

    @Option(names = "--to", paramLabel = "DAY", description = "Compares up to and with this billing day.")
    private @Nullable LocalDate to;

    @Option(names = "--out", paramLabel = "FILE", description = "Writes all rows that differ as CSV.")
    private @Nullable Path out;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    /** For picocli. */
    public Compare() {}

    @Override
    public Integer call() {
        Days days = new Days(from, to);
        Comparison comparison = Comparison.of(Bill.of(a).of(days), Bill.of(b).of(days));
        new Report(command.commandLine().getOut()).print(comparison);
        if (out != null) {
            Csv.write(
                    out,
                    Unequal.HEADER,
                    comparison.unequal().stream().map(Unequal::columns).toList());
        }
        return comparison.unequal().isEmpty() ? 0 : 1;
    }
}
