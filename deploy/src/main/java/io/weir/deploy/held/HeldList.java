package io.weir.deploy.held;

import io.weir.deploy.installation.FeeCenterInstallation;
import io.weir.feecenter.FeeCenterConfig;
import io.weir.wire.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists what the metering stream and the ledger hold. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Lists the charges that the metering stream holds, and the lines that the ledger holds back, with what to do.",
            "A charge is never released by hand: it is billed by itself when its price or its account is published. A price of 0"
                    + " writes it off as a line of 0.00."
        })
final class HeldList implements Callable<Integer> {

    @Mixin
    private FeeCenterInstallation installation = new FeeCenterInstallation();

    @Option(names = "--csv", description = "As CSV: every charge and every line, those written off too, times in full.")
    private boolean csv;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    /** For picocli. */
    HeldList() {}

    @Override
    public Integer call() throws IOException {
        FeeCenterConfig config = installation.feeCenter();
        HeldLines lines = new LedgerAccess(config)
                .read(ledger -> new HeldLines(
                        HeldCharges.read(config.topics().of(Topics.HELD_LINES), config.kafka()).stream()
                                .toList(),
                        ledger.all(),
                        ledger.stoppedAccounts()));
        PrintWriter out = command.commandLine().getOut();
        if (csv) {
            HeldCsv.print(lines, out);
        } else {
            new HeldReport(out, Instant.now()).print(lines);
        }
        out.flush();
        return 0;
    }
}
