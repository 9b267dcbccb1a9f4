package io.weir.deploy.rejected;

import io.weir.deploy.installation.Cluster;
import io.weir.deploy.installation.MeteringInstallation;
import io.weir.deploy.installation.UsageWriter;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sends refused records again, as they were. */
@Command(
        name = "resend",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Writes refused records to usage-events again, with their own key and value, where they are judged as any other"
                    + " record that arrives now: with a new ingest time. Use it when the cause is gone, as for UNKNOWN_WORKSPACE"
                    + " once the workspace is recorded.",
            "Says what it would send, and sends only with --yes. To send a record twice does no harm: the second one has the"
                    + " same identity and is a DUPLICATE. Refusals stay on rejected-usage, so a selection selects them again."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all that were selected are sent, or would be",
            "1:some cannot be sent as they were, or something failed; said in words",
            "2:wrong usage of the command"
        })
final class RejectedResend implements Callable<Integer> {

    @Mixin
    private Selection selection = new Selection();

    @Option(
            names = "--at",
            paramLabel = "PARTITION:OFFSET",
            converter = Position.Converter.class,
            description =
                    "Only those that arrived here on usage-events, as rejected list says. May be given more than once.")
    private Set<Position> positions = new HashSet<>();

    @Option(names = "--yes", description = "Sends them. Without it nothing is sent.")
    private boolean yes;

    @Mixin
    private MeteringInstallation installation = new MeteringInstallation();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    private long selected;
    private long hindered;

    /** For picocli. */
    RejectedResend() {}

    @Override
    public Integer call() {
        if (selection.isOfAll() && positions.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(),
                    "Say which: --reason, --workspace, --since or --at. Most refused records would only be refused again.");
        }
        Cluster cluster = Cluster.of(installation.metering());
        PrintWriter out = command.commandLine().getOut();
        try (UsageWriter writer = yes ? UsageWriter.to(cluster) : UsageWriter.dryRun()) {
            Refusals.read(cluster, refusal -> {
                if (selection.fits(refusal) && (positions.isEmpty() || positions.contains(refusal.position()))) {
                    resend(refusal, writer, out);
                }
            });
            writer.awaitAll();
        }
        out.printf(
                "%,d of %,d %s.%s%n",
                selected - hindered,
                selected,
                yes ? "sent" : "would be sent",
                yes ? "" : " Nothing was sent yet; --yes sends them.");
        out.flush();
        return hindered == 0 ? 0 : 1;
    }

    private void resend(Refusal refusal, UsageWriter writer, PrintWriter out) {
        selected++;
        Optional<String> hindrance = refusal.hindrance();
        if (hindrance.isPresent()) {
            hindered++;
        } else {
            writer.send(Objects.requireNonNull(refusal.key()), refusal.value());
        }
        out.printf(
                "%-12s %-17s %s, %,d bytes%s%n",
                refusal.position(),
                refusal.usage().getReason(),
                refusal.workspaceId().isEmpty() ? "no workspace" : refusal.workspaceId(),
                refusal.usage().getOriginalLength(),
                hindrance.map(why -> ": not sent, " + why).orElse(""));
    }
}
