package io.weir.deploy.status;

import io.weir.deploy.installation.Cluster;
import io.weir.deploy.installation.CommittedLog;
import io.weir.deploy.status.Scrape.Sample;
import io.weir.metering.MeteringConfig;
import io.weir.wire.Topics;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** The metering stream: clock, lag and days of each partition, outcomes, control. */
final class MeteringStatus {

    private final MeteringConfig config;
    private final Cluster cluster;
    private final Scrape scrape;
    private final PrintWriter out;
    private final Verdict verdict;

    MeteringStatus(MeteringConfig config, Cluster cluster, List<Instance> instances, PrintWriter out, Verdict verdict) {
        this.config = config;
        this.cluster = cluster;
        this.scrape = Scrape.of(instances.stream()
                .flatMap(instance -> instance.metrics().stream())
                .toList());
        this.out = out;
        this.verdict = verdict;
    }

    /** Prints the stream as it is now. */
    void print(Instant now) {
        Table table = new Table(PartitionStatus.HEADER);
        try (CommittedLog log = cluster.log()) {
            Map<Integer, Long> read = log.committed(config.applicationId(), Topics.USAGE_EVENTS);
            for (TopicPartition partition : log.partitions(Topics.USAGE_EVENTS)) {
                long next = read.getOrDefault(partition.partition(), log.beginning(partition));
                PartitionStatus status =
                        new PartitionStatus(partition.partition(), log.end(partition) - next, scrape, now);
                table.row(status.cells());
                judge(status);
            }
            table.print(out);
        }
        printOutcomes();
        printControl();
    }

    /** Where no instance answers, that is said once. */
    private void judge(PartitionStatus status) {
        if (!scrape.samples().isEmpty()) {
            status.judge(verdict, config.heartbeat().isPresent());
        }
    }

    private void printOutcomes() {
        List<Sample> records = scrape.of("weir_usage_records_total");
        Map<String, Double> outcomes = records.stream()
                .collect(Collectors.groupingBy(
                        sample -> sample.labels().getOrDefault("outcome", ""),
                        TreeMap::new,
                        Collectors.summingDouble(Sample::value)));
        out.printf("  records   %s%n", inWords(outcomes));
        Map<String, Double> rejected = records.stream()
                .filter(sample -> sample.has("outcome", "REJECTED") && sample.value() > 0)
                .collect(Collectors.groupingBy(
                        sample -> sample.labels().getOrDefault("reason", ""),
                        TreeMap::new,
                        Collectors.summingDouble(Sample::value)));
        out.printf("  rejected  %s%n", rejected.isEmpty() && !records.isEmpty() ? "none" : inWords(rejected));
        if (!rejected.isEmpty()) {
            verdict.worthALook("records were rejected: weir rejected list");
        }
    }

    private static String inWords(Map<String, Double> counts) {
        return counts.isEmpty()
                ? "no instance says"
                : counts.entrySet().stream()
                        .map(count -> "%s %,d"
                                .formatted(count.getKey(), count.getValue().longValue()))
                        .collect(Collectors.joining(", "));
    }

    private void printControl() {
        OptionalDouble refused = scrape.largest("weir_control_records_refused_total", any -> true);
        OptionalDouble late = scrape.sum("weir_control_changes_too_late_total");
        out.printf(
                "  control   known up to offset %s, refused records %s, changes too late %s%n",
                Figures.count(scrape.largest("weir_control_offset", any -> true)),
                Figures.count(refused),
                Figures.count(late));
        if (refused.orElse(0) > 0) {
            verdict.notWell(
                    "control records are refused: the stream's log says which; weir apply names such mistakes before");
        }
        if (late.orElse(0) > 0) {
            verdict.worthALook(
                    "changes of the control log date back to days that are no longer kept: those are not corrected");
        }
    }
}
