package io.weir.deploy.rejected;

import io.weir.deploy.console.Failure;
import io.weir.deploy.installation.Cluster;
import io.weir.deploy.installation.MeteringInstallation;
import io.weir.usage.UsageEvent;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one refused record in full. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Shows everything about one refused record: why, where and when, its key, length and SHA-256, and what it says -"
                    + " as JSON if it is a usage event, else the beginning of its bytes.",
            "PARTITION and OFFSET are where the record arrived on usage-events, as rejected list says under AT (and as logs and"
                    + " producers know it); not the place of its refusal on rejected-usage."
        })
final class RejectedShow implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "PARTITION", description = "Partition of usage-events.")
    private int partition;

    @Parameters(index = "1", paramLabel = "OFFSET", description = "Offset there.")
    private long offset;

    @Mixin
    private MeteringInstallation installation = new MeteringInstallation();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    /** For picocli. */
    RejectedShow() {}

    @Override
    public Integer call() {
        Cluster cluster = Cluster.of(installation.metering());
        Position asked = new Position(partition, offset);
        PrintWriter out = command.commandLine().getOut();
        Portrait portrait = new Portrait(cluster.values(UsageEvent.class), out);
        AtomicLong shown = new AtomicLong();
        Refusals.read(cluster, refusal -> {
            if (refusal.position().equals(asked)) {
                shown.incrementAndGet();
                portrait.print(refusal);
            }
        });
        out.flush();
        if (shown.get() == 0) {
            throw new Failure(
                    "No record of usage-events partition %d offset %d was refused. rejected list says what was."
                            .formatted(partition, offset));
        }
        return 0;
    }
}
