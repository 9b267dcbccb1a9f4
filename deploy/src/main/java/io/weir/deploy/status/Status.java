package io.weir.deploy.status;

import io.weir.deploy.console.Failure;
import io.weir.deploy.installation.Cluster;
import io.weir.deploy.installation.WholeInstallation;
import io.weir.feecenter.FeeCenterConfig;
import io.weir.metering.MeteringConfig;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says whether an installation is well. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Says whether an installation is well: clock, lag, open and due days of each partition, what was rejected, what the"
                    + " ledger holds back, and whether it balances. Asks the applications' /metrics, the broker and the database;"
                    + " what cannot be reached is said.",
            "The figures are those of the metrics: CLOCK is weir_partition_clock_seconds, OPEN DAYS weir_open_days, and so on."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:well", "1:not well, or not to be reached; said in words", "2:wrong usage of the command"})
public final class Status implements Callable<Integer> {

    @Mixin
    private WholeInstallation installation = new WholeInstallation();

    @Option(
            names = "--at",
            paramLabel = "URL",
            description = "An instance of the metering stream, such as http://host:8381; once for each. Without it, the"
                    + " address in its settings.")
    private List<String> instances = new ArrayList<>();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    private final Verdict verdict = new Verdict();

    /** For picocli. */
    public Status() {}

    @Override
    public Integer call() {
        MeteringConfig metering = installation.metering();
        FeeCenterConfig feeCenter = installation.feeCenter();
        Cluster cluster = Cluster.of(metering);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        out().printf("%s%n%nMetering stream %s%n", now, metering.applicationId());
        List<Instance> streams = meteringUrls(metering).stream().map(this::ask).toList();
        tell("the broker", () -> new MeteringStatus(metering, cluster, streams, out(), verdict).print(now));
        out().printf("%nFee center%n");
        Instance sink = ask(url(feeCenter.http()));
        tell("the broker", () -> new FeeCenterStatus(feeCenter, cluster, sink, out(), verdict).print());
        printVerdict();
        out().flush();
        return verdict.isWell() ? 0 : 1;
    }

    private List<String> meteringUrls(MeteringConfig metering) {
        return instances.isEmpty() ? List.of(url(metering.http())) : instances;
    }

    private static String url(InetSocketAddress address) {
        return "http://%s:%d".formatted(address.getHostString(), address.getPort());
    }

    private Instance ask(String url) {
        Instance instance = Instance.at(url);
        out().printf("  %s  %s%n", url, instance.trouble().orElse("ready"));
        instance.trouble().ifPresent(trouble -> verdict.notWell("%s %s", url, trouble));
        return instance;
    }

    /** What is away must not hide what is there. */
    private void tell(String whom, Runnable part) {
        try {
            part.run();
        } catch (Failure | KafkaException away) {
            out().println("  cannot be asked: " + whom);
            verdict.notWell("%s: %s", whom, String.valueOf(away.getMessage()));
        }
    }

    private void printVerdict() {
        out().println();
        print("Worth a look", verdict.worthALook());
        print("Not well", verdict.notWell());
        if (verdict.isWell()) {
            out().println("Well.");
        }
    }

    private void print(String title, List<String> texts) {
        if (!texts.isEmpty()) {
            out().println(title + ":");
            texts.forEach(text -> out().println("  " + text));
            out().println();
        }
    }

    private PrintWriter out() {
        return command.commandLine().getOut();
    }
}
