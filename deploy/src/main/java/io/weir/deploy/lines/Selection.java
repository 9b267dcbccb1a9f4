package io.weir.deploy.lines;

import io.weir.billing.BillLine;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which lines: options of the command. */
final class Selection {

    @Option(names = "--account", paramLabel = "ID", description = "Of this account.")
    private @Nullable String account;

    @Option(names = "--workspace", paramLabel = "ID", description = "Of this workspace.")
    private @Nullable String workspace;

    @Option(names = "--day", paramLabel = "DAY", description = "Of this billing day, such as 2026-03-01.")
    private @Nullable LocalDate day;

    /** For picocli. */
    Selection() {}

    boolean fits(BillLine line) {
        return (account == null || account.equals(line.getAccountId()))
                && (workspace == null || workspace.equals(line.getWorkspaceId()))
                && (day == null || day.equals(line.getDay()));
    }
}
