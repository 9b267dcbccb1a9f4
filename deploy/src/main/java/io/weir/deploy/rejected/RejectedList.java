package io.weir.deploy.rejected;

import io.weir.deploy.console.Failure;
import io.weir.deploy.installation.Cluster;
import io.weir.deploy.installation.MeteringInstallation;
import io.weir.deploy.rejected.Groups.Group;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists what was refused by reason, workspace and day. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Lists what was refused by reason, workspace and day of arrival (UTC): how many, first and last, and what was wrong"
                    + " with the newest.",
            "AT is where the newest arrived, as PARTITION:OFFSET of usage-events; rejected show takes it. The workspace is that"
                    + " of the record's key."
        })
final class RejectedList implements Callable<Integer> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String NO_WORKSPACE = "-";

    @Mixin
    private MeteringInstallation installation = new MeteringInstallation();

    @Mixin
    private Selection selection = new Selection();

    @Option(names = "--csv", description = "As CSV, times in full.")
    private boolean csv;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    /** For picocli. */
    RejectedList() {}

    @Override
    public Integer call() {
        Groups groups = new Groups();
        Refusals.read(Cluster.of(installation.metering()), refusal -> {
            if (selection.fits(refusal)) {
                groups.add(refusal);
            }
        });
        PrintWriter out = command.commandLine().getOut();
        if (csv) {
            printCsv(groups.inOrder(), out);
        } else {
            print(groups.inOrder(), out);
        }
        out.flush();
        return 0;
    }

    static void print(List<Group> groups, PrintWriter out) {
        int width = groups.stream()
                .mapToInt(group -> group.key().workspaceId().length())
                .max()
                .orElse(0);
        String row = "%-17s  %-" + Math.max("WORKSPACE".length(), width) + "s  %-10s  %10s  %-8s  %-8s  %s%n";
        out.printf(row, "REASON", "WORKSPACE", "DAY", "COUNT", "FIRST", "LAST", "AT");
        for (Group group : groups) {
            String workspace = group.key().workspaceId();
            out.printf(
                    row,
                    group.key().reason(),
                    workspace.isEmpty() ? NO_WORKSPACE : workspace,
                    group.key().day(),
                    "%,d".formatted(group.count()),
                    TIME.format(group.first()),
                    TIME.format(group.last()),
                    group.newest());
            out.println("    " + group.detail());
        }
        out.printf("%,d refused%n", groups.stream().mapToLong(Group::count).sum());
    }

    static void printCsv(List<Group> groups, PrintWriter out) {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setRecordSeparator("\n")
                .setHeader("reason", "workspace_id", "day", "count", "first", "last", "partition", "offset", "detail")
                .get();
        try {
            CSVPrinter printer = new CSVPrinter(out, format);
            for (Group group : groups) {
                printer.printRecord(
                        group.key().reason(),
                        group.key().workspaceId(),
                        group.key().day(),
                        group.count(),
                        group.first(),
                        group.last(),
                        group.newest().partition(),
                        group.newest().offset(),
                        group.detail());
            }
            printer.flush();
        } catch (IOException refused) {
            throw new Failure("Cannot write the list: " + refused.getMessage(), refused);
        }
    }
}
