package io.weir.deploy.held;

import io.weir.deploy.installation.FeeCenterInstallation;
import io.weir.feecenter.ledger.Release;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Releases a stopped account. */
@Command(
        name = "release",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Lifts the stop of an account. Its held-back lines are judged again in the order in which they came and posted as far"
                    + " as they can be. A line that still cannot be posted stays held back and stops the account again: write"
                    + " it off first.",
            "The fee center may run meanwhile. Exit status 3: some lines are held back again."
        })
final class HeldRelease implements Callable<Integer> {

    private static final int HELD_BACK_AGAIN = 3;

    @Parameters(paramLabel = "ACCOUNT", description = "The account, as held list shows it.")
    private String account = "";

    @Mixin
    private FeeCenterInstallation installation = new FeeCenterInstallation();

    @Mixin
    private SaidBy saidBy = new SaidBy();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    /** For picocli. */
    HeldRelease() {}

    @Override
    public Integer call() {
        Release release =
                new LedgerAccess(installation.feeCenter()).decide(ledger -> ledger.release(account, saidBy.decision()));
        command.commandLine()
                .getOut()
                .printf(
                        "%s: %,d lines posted, %,d stood in the ledger already, %,d held back again%n",
                        account, release.posted(), release.repeated(), release.heldBack());
        command.commandLine().getOut().flush();
        return release.heldBack() == 0 ? 0 : HELD_BACK_AGAIN;
    }
}
