package io.weir.deploy.rebuild;

import io.weir.deploy.console.Failure;
import io.weir.deploy.console.Progress;
import io.weir.deploy.stack.DataFolder;
import io.weir.deploy.stack.Stack;
import io.weir.metering.MeteringConfig;
import io.weir.metering.rebuild.Findings;
import io.weir.metering.rebuild.Rebuild;
import io.weir.metering.rebuild.RebuildRefused;
import io.weir.wire.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Rebuilds a metering stream whose state is lost, under a new application id (rules.md §7). */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Rebuilds a metering stream whose state is lost, under a new application id: takes what was billed from the"
                    + " topics and seeds the new id's state with it. The stream that starts under it reads usage again and"
                    + " issues only what differs from what was billed.",
            "Stop all instances before. Without --yes it only says what it finds."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:seeded, or without --yes: could be",
            "1:refused, or failed, said in words",
            "2:wrong usage of the command"
        })
public final class RebuildCommand implements Callable<Integer> {

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Where where;

    @Option(
            names = "--application-id",
            required = true,
            paramLabel = "ID",
            description = "The new id, under which nothing is yet, such as weir-metering-2.")
    @SuppressWarnings("NullAway.Init")
    private String applicationId;

    @Option(names = "--yes", description = "Does it.")
    private boolean yes;

    private final Progress console = Progress.onStandardError();

    /** Whose state is lost. */
    static final class Where {

        @Option(
                names = "--metering",
                paramLabel = "FILE",
                description = "Properties file of the metering stream whose state is lost.")
        private @Nullable Path metering;

        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "Or the data folder of a quickstart or replay; its servers are started for the time.")
        private @Nullable Path data;
    }

    /** For picocli. */
    public RebuildCommand() {}

    @Override
    public Integer call() {
        if (where.metering != null) {
            rebuild(where.metering, System.getenv());
            say("Set weir.application.id=%s in %s, and start the stream. Never start it under the old id again."
                    .formatted(applicationId, where.metering));
        } else {
            rebuildDataFolder(DataFolder.open(where.data));
        }
        return 0;
    }

    private void rebuildDataFolder(DataFolder folder) {
        try (Stack stack = Stack.startAgain(folder)) {
            rebuild(stack.meteringSettings(), stack.addresses());
            if (yes) {
                stack.meterUnder(applicationId);
                console.say("The next run on this folder starts under the new id.");
            }
        }
    }

    private void rebuild(Path settings, Map<String, String> environment) {
        try (Rebuild rebuild = new Rebuild(config(settings, environment), applicationId)) {
            console.say("Reading the topics");
            Findings findings = rebuild.find();
            say(findings);
            if (yes) {
                rebuild.seed(findings);
                console.say("The state of " + applicationId + " is seeded.");
            } else {
                console.say("Nothing is written yet: the same with --yes does it.");
            }
        } catch (RebuildRefused refused) {
            throw new Failure("No rebuild: " + refused.getMessage(), refused);
        } catch (KafkaException failed) {
            throw new Failure("The broker refuses: " + failed.getMessage(), failed);
        }
    }

    private static MeteringConfig config(Path file, Map<String, String> environment) {
        Settings settings = Settings.load(new String[] {file.toString()}, environment);
        MeteringConfig config = MeteringConfig.from(settings);
        List<String> mistakes = settings.mistakes();
        if (!mistakes.isEmpty()) {
            throw new Failure(file + ":\n  " + String.join("\n  ", mistakes));
        }
        return config;
    }

    private void say(Findings found) {
        console.say("  %,d line keys of the days that are kept were billed or are held".formatted(found.lineKeys()));
        console.say("  %,d usage records on %d partitions are to be read again, %,d were refused and stay so"
                .formatted(found.recordsToRead(), found.partitions(), found.refused()));
        console.say("  %,d parts of days wait for a price or an account".formatted(found.heldParts()));
        if (found.lostParts() > 0) {
            console.say(
                    "  %,d parts wait whose usage is not on the topic any more: they stay on held-lines and are never billed"
                            .formatted(found.lostParts()));
        }
        if (found.lineKeys() == 0) {
            console.say(
                    "  Nothing was billed? If fee-center.bill-lines was lost, restore it first: else all is billed again");
        }
    }

    private void say(String line) {
        if (yes) {
            console.say(line);
        }
    }
}
