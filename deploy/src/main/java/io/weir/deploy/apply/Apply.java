package io.weir.deploy.apply;

import io.weir.billing.ControlRecord;
import io.weir.deploy.console.Failure;
import io.weir.deploy.installation.Cluster;
import io.weir.deploy.installation.IssuedDays;
import io.weir.deploy.installation.MeteringInstallation;
import io.weir.deploy.scenario.ControlFiles;
import io.weir.metering.MeteringConfig;
import io.weir.wire.AvroSerializer;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes control records from files: sites, workspaces, accounts, bindings, catalogue and price book (rules.md §9). */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes fee-center.control say what the files of a folder say: catalogue.json, price-book.json, sites.json,"
                    + " workspaces.json, accounts.json, bindings.json, in the format of a scenario; files may be missing.",
            "Every mistake is listed, and with one nothing is published. What is on the topic already is left out; what"
                    + " contradicts what never changes is refused. Without --yes it only says what it would publish. With it,"
                    + " all is published in one transaction, or nothing is.",
            "Nothing is ever deleted: what the files do not name stays."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:published, or nothing to do, or without --yes: could be published",
            "1:mistakes in the files, or failed; said in words",
            "2:wrong usage of the command"
        })
public final class Apply implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "The folder with the files.")
    private Path folder = Path.of(".");

    @Mixin
    private MeteringInstallation installation = new MeteringInstallation();

    @Option(names = "--yes", description = "Publishes.")
    private boolean yes;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    /** For picocli. */
    public Apply() {}

    @Override
    public Integer call() {
        requireFiles();
        MeteringConfig metering = installation.metering();
        Cluster cluster = Cluster.of(metering);
        ControlFiles files = ControlFiles.read(folder);
        boolean right =
                yes ? publish(files, cluster, metering) : show(files, Plan.of(files, Recorded.read(cluster)), cluster);
        out().flush();
        return right ? 0 : 1;
    }

    private void requireFiles() {
        if (ControlFiles.NAMES.stream().noneMatch(name -> Files.exists(folder.resolve(name)))) {
            throw new Failure("%s has none of the files %s.".formatted(folder, String.join(", ", ControlFiles.NAMES)));
        }
    }

    private boolean publish(ControlFiles files, Cluster cluster, MeteringConfig metering) {
        try (AvroSerializer<ControlRecord> serializer = new AvroSerializer<>();
                Publication publication = Publication.begin(cluster, configured(serializer, metering))) {
            Plan plan = Plan.of(files, Recorded.read(cluster));
            if (!show(files, plan, cluster)) {
                return false;
            }
            if (!plan.news().isEmpty()) {
                long first = plan.recorded().end();
                publication.publish(plan.changes(), first);
                out().printf(
                                "Published %,d records to %s, offsets %,d to %,d.%n",
                                plan.news().size(),
                                plan.recorded().topic(),
                                first,
                                first + plan.news().size() - 1);
            }
            return true;
        }
    }

    private static AvroSerializer<ControlRecord> configured(
            AvroSerializer<ControlRecord> serializer, MeteringConfig metering) {
        serializer.configure(Cluster.patientRegistry(metering), false);
        return serializer;
    }

    /** Says what is to be done, or what is wrong; whether all is right. */
    private boolean show(ControlFiles files, Plan plan, Cluster cluster) {
        if (!plan.mistakes().isEmpty()) {
            List<String> mistakes = files.inWords(plan.mistakes());
            mistakes.forEach(out()::println);
            out().printf("%,d mistakes; nothing is published.%n", mistakes.size());
            return false;
        }
        if (plan.news().isEmpty()) {
            out().printf(
                            "Nothing to do: all %,d records of the files are on %s.%n",
                            plan.inFiles(), plan.recorded().topic());
            return true;
        }
        new PlanReport(out()).print(plan, IssuedDays.before(cluster));
        if (!yes) {
            out().println("Nothing is published yet: the same with --yes does it.");
        }
        return true;
    }

    private PrintWriter out() {
        return command.commandLine().getOut();
    }
}
