package io.weir.deploy.lines;

import io.weir.billing.BillLine;
import io.weir.deploy.installation.Cluster;
import io.weir.deploy.installation.CommittedLog;
import io.weir.deploy.installation.MeteringInstallation;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.JsonForm;
import io.weir.wire.Topics;
import io.weir.wire.UnreadableRecord;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows bill lines as they stand on the topic, and explains them. */
@Command(
        name = "lines",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Shows the bill lines on fee-center.bill-lines, committed ones only, and explains each from its own fields: what"
                    + " was used, at which price, how it was rounded, and what it corrects.",
            "Of several revisions of a line the last one is shown, unless you ask for all. Belongs to no consumer group."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:shown", "1:failed, said in words", "2:wrong usage of the command"})
public final class Lines implements Callable<Integer> {

    private static final Comparator<BillLine> BY_KEY = Comparator.comparing(BillLine::getDay)
            .thenComparing(BillLine::getAccountId)
            .thenComparing(BillLine::getWorkspaceId)
            .thenComparing(BillLine::getItem)
            .thenComparing(BillLine::getResource)
            .thenComparing(BillLine::getRetentionDays, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(BillLine::getRevision);

    @Mixin
    private Selection selection = new Selection();

    @Option(names = "--revisions", description = "All revisions of each line, not only the last.")
    private boolean revisions;

    @Option(
            names = "--json",
            description =
                    "One line of JSON per bill line, all revisions, in the order of the topic (schemas/CONTRACTS.md).")
    private boolean json;

    @Mixin
    private MeteringInstallation installation = new MeteringInstallation();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    /** For picocli. */
    public Lines() {}

    @Override
    public Integer call() {
        PrintWriter out = command.commandLine().getOut();
        Cluster cluster = Cluster.of(installation.metering());
        if (json) {
            read(cluster, line -> out.println(JsonForm.of(line)));
        } else {
            List<BillLine> lines = revisions ? all(cluster) : last(cluster);
            Explanation explanation = new Explanation(out);
            lines.stream().sorted(BY_KEY).forEach(explanation::print);
            out.printf("%,d lines%n", lines.size());
        }
        out.flush();
        return 0;
    }

    private List<BillLine> all(Cluster cluster) {
        List<BillLine> lines = new ArrayList<>();
        read(cluster, lines::add);
        return lines;
    }

    private List<BillLine> last(Cluster cluster) {
        Map<LineKey, BillLine> last = new HashMap<>();
        read(cluster, line -> last.merge(LineKey.of(line), line, Lines::later));
        return new ArrayList<>(last.values());
    }

    private static BillLine later(BillLine one, BillLine other) {
        return one.getRevision() > other.getRevision() ? one : other;
    }

    private void read(Cluster cluster, Consumer<BillLine> each) {
        AvroDeserializer<BillLine> values = cluster.values(BillLine.class);
        try (CommittedLog log = cluster.log()) {
            log.read(Topics.BILL_LINES, record -> {
                BillLine line = line(record, values);
                if (line != null && selection.fits(line)) {
                    each.accept(line);
                }
            });
        }
    }

    /** Null for what is no line, which is said and passed over: one such record must not hide the others. */
    private @Nullable BillLine line(ConsumerRecord<byte[], byte[]> record, AvroDeserializer<BillLine> values) {
        try {
            if (record.value() != null) {
                return values.read(record.value());
            }
        } catch (UnreadableRecord unreadable) {
            // Said below, as for a record without a value.
        }
        command.commandLine()
                .getErr()
                .printf(
                        "partition %d offset %,d is no bill line: weir held list%n",
                        record.partition(), record.offset());
        return null;
    }
}
