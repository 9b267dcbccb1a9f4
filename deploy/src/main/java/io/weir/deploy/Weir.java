package io.weir.deploy;

import io.weir.deploy.apply.Apply;
import io.weir.deploy.audit.Audit;
import io.weir.deploy.bill.Bill;
import io.weir.deploy.close.MeasureClose;
import io.weir.deploy.compare.Compare;
import io.weir.deploy.console.Failure;
import io.weir.deploy.console.Shutdown;
import io.weir.deploy.faults.Faults;
import io.weir.deploy.generate.Generate;
import io.weir.deploy.held.Held;
import io.weir.deploy.lines.Lines;
import io.weir.deploy.quickstart.Quickstart;
import io.weir.deploy.rebuild.RebuildCommand;
import io.weir.deploy.rejected.Rejected;
import io.weir.deploy.replay.Replay;
import io.weir.deploy.send.Send;
import io.weir.deploy.status.Status;
import io.weir.wire.BrokerRefusal;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command line: one subcommand for each thing that can be done with the whole system. */
@Command(
        name = "weir",
        mixinStandardHelpOptions = true,
        version = "weir 0.1.0",
        description = "Weir meters the traffic of workspaces and bills it: the whole system on this machine.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            Quickstart.class,
            Replay.class,
            Faults.class,
            Generate.class,
            MeasureClose.class,
            Apply.class,
            Status.class,
            Bill.class,
            Lines.class,
            Held.class,
            Send.class,
            Rejected.class,
            Audit.class,
            Compare.class,
            RebuildCommand.class,
            HelpCommand.class
        })
public final class Weir {

    private Weir() {}

    /** Runs one command and ends the process with its status. */
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        System.setProperty("logback.configurationFile", "logback-launcher.xml");
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Weir())
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command));
    }

    /** What the user can mend is said in words; a defect is shown whole; what fails because the process ends is no news. */
    private static int report(Exception failure, CommandLine command) {
        if (Shutdown.isUnderWay()) {
            return 1;
        }
        Optional<BrokerRefusal> refusal = BrokerRefusal.behind(failure, "READ, WRITE or DESCRIBE");
        PrintWriter err = command.getErr();
        if (refusal.isPresent() || failure instanceof Failure) {
            String words = refusal.map(Exception::getMessage).orElse(failure.getMessage());
            err.println(command.getColorScheme().errorText("weir: " + words));
        } else {
            err.println(command.getColorScheme().errorText("weir: a defect, please report it"));
            failure.printStackTrace(err);
        }
        return command.getCommandSpec().exitCodeOnExecutionException();
    }
}
