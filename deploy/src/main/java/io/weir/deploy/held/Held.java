package io.weir.deploy.held;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** Lines that are held: shows them, and carries out what a person decides about those that the ledger holds back. */
@Command(
        name = "held",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the lines that are held, and carries out what you decide about them.",
            "",
            "The metering stream holds a charge for which there is no price or no account. Nothing has to be done by hand:"
                    + " publish the price or the account, and the charge is billed by itself. A price of 0 writes it off as a"
                    + " line of 0.00.",
            "",
            "The ledger holds back a line that it cannot post, and stops its account: the lines that follow wait behind it, and"
                    + " no other account is touched. Find out what happened, write off the line that is wrong, and release the"
                    + " account."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {HeldList.class, HeldRelease.class, HeldWriteOff.class, HelpCommand.class})
public final class Held {

    /** For picocli. */
    public Held() {}
}
