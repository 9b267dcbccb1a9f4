package io.weir.deploy.rejected;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** What was refused: lists it, shows it, sends it again. */
@Command(
        name = "rejected",
        mixinStandardHelpOptions = true,
        description = "Lists what was refused, shows one refused record in full, or sends refused records again.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {RejectedList.class, RejectedShow.class, RejectedResend.class, HelpCommand.class})
public final class Rejected {

    /** For picocli. */
    public Rejected() {}
}
