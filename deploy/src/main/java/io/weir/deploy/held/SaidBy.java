package io.weir.deploy.held;

import io.weir.feecenter.ledger.Decision;
import picocli.CommandLine.Option;

/** Who decides and why: the options that every decision needs. Both are kept in the ledger. */
final class SaidBy {

    @Option(names = "--why", paramLabel = "TEXT", required = true, description = "Why; kept in the ledger.")
    private String why = "";

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "Who decides; kept in the ledger. Without it the user of this machine: ${DEFAULT-VALUE}.",
            defaultValue = "${sys:user.name}")
    private String by = "";

    /** The decision as it is kept. */
    Decision decision() {
        return new Decision(by, why);
    }
}
