package io.weir.deploy.audit;

import io.weir.deploy.console.Failure;
import io.weir.deploy.console.Progress;
import io.weir.deploy.installation.Cluster;
import io.weir.deploy.installation.CommittedLog;
import io.weir.deploy.installation.WholeInstallation;
import io.weir.feecenter.FeeCenterConfig;
import io.weir.metering.MeteringConfig;
import io.weir.wire.TopicNames;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Checks whether an installation adds up, from its topics and its database. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Checks from outside whether an installation adds up: every record has one outcome, every quantity is metered,"
                    + " every line is what its id says and follows the one before, the ledger balances and has what the topic has.",
            "It computes everything again from the topics and the database and shares no code with what it checks. It only"
                    + " reads, and may run while the installation is at work; what cannot be judged yet it names."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:everything adds up",
            "1:something does not, or could not be read; said in words",
            "2:wrong usage of the command"
        })
public final class Audit implements Callable<Integer> {

    @Mixin
    private WholeInstallation installation = new WholeInstallation();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    private final Progress console = Progress.onStandardError();

    /** For picocli. */
    public Audit() {}

    @Override
    public Integer call() {
        MeteringConfig metering = installation.metering();
        FeeCenterConfig feeCenter = installation.feeCenter();
        requireOneInstallation(metering, feeCenter);
        Cluster cluster = Cluster.of(metering);
        List<Check> checks;
        try (CommittedLog log = cluster.log();
                LedgerDatabase database = LedgerDatabase.open(feeCenter.database())) {
            checks = new Checks(cluster, log, database, console).of(metering.applicationId());
        }
        new Report(command.commandLine().getOut()).print(checks);
        return checks.stream().allMatch(Check::holds) ? 0 : 1;
    }

    private static void requireOneInstallation(MeteringConfig metering, FeeCenterConfig feeCenter) {
        if (!metering.topics().equals(feeCenter.topics())) {
            throw new Failure(
                    "%s is '%s' for the metering stream and '%s' for the fee center: these are two installations."
                            .formatted(
                                    TopicNames.KEY,
                                    metering.topics().prefix(),
                                    feeCenter.topics().prefix()));
        }
    }
}
