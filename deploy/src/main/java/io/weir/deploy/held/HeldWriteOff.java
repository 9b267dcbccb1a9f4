package io.weir.deploy.held;

import io.weir.deploy.console.Failure;
import io.weir.deploy.installation.FeeCenterInstallation;
import io.weir.feecenter.ledger.Decision;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes held-back lines off. */
@Command(
        name = "write-off",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Writes held-back lines off: they are never posted, stay in sight, and no longer stop their account. The next revision"
                    + " of a line that was written off is posted without it, so the ledger then differs from the topic by what"
                    + " was written off.",
            "An account of which no other line waits goes on at once; else release it. The fee center may run meanwhile."
        })
final class HeldWriteOff implements Callable<Integer> {

    private static final Pattern PLACE = Pattern.compile("([0-9]{1,9}):([0-9]{1,18})");

    @ArgGroup(exclusive = true, multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private What what;

    @Mixin
    private FeeCenterInstallation installation = new FeeCenterInstallation();

    @Mixin
    private SaidBy saidBy = new SaidBy();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    /** One of two. */
    static final class What {

        @Option(
                names = "--line",
                paramLabel = "PARTITION:OFFSET",
                description = "One record, by its place on the topic, as held list shows it.")
        private @Nullable String line;

        @Option(
                names = "--account",
                paramLabel = "ACCOUNT",
                description = "Or all lines of this account that wait now; its stop is lifted.")
        private @Nullable String account;
    }

    /** For picocli. */
    HeldWriteOff() {}

    @Override
    public Integer call() {
        LedgerAccess ledger = new LedgerAccess(installation.feeCenter());
        PrintWriter out = command.commandLine().getOut();
        if (what.account != null) {
            writeOffAll(ledger, what.account, out);
        } else {
            writeOffOne(ledger, String.valueOf(what.line), out);
        }
        out.flush();
        return 0;
    }

    private void writeOffAll(LedgerAccess ledger, String account, PrintWriter out) {
        int lines = ledger.decide(heldBack -> heldBack.writeOff(account, saidBy.decision()));
        out.printf("%s: %,d lines written off; the account goes on%n", account, lines);
    }

    private void writeOffOne(LedgerAccess ledger, String place, PrintWriter out) {
        Matcher parts = PLACE.matcher(place);
        if (!parts.matches()) {
            throw new Failure("--line " + place + ": not PARTITION:OFFSET, such as 0:17.");
        }
        int partition = Integer.parseInt(parts.group(1));
        long offset = Long.parseLong(parts.group(2));
        Decision decision = saidBy.decision();
        int waiting = ledger.decide(heldBack -> heldBack.writeOff(partition, offset, decision));
        out.println(
                waiting == 0
                        ? place + ": written off; no other line of its account waits"
                        : "%s: written off; %,d lines of its account still wait: weir held release"
                                .formatted(place, waiting));
    }
}
