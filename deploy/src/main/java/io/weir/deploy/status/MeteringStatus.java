package io.weir.deploy.status;

import io.weir.deploy.installation.Cluster;
import io.weir.deploy.installation.CommittedLog;
import io.weir.deploy.status.Scrape.Sample;
import io.weir.metering.MeteringConfig;
import io.weir.wire.Topics;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** The metering stream: clock, lag and days of each partition, outcomes, control. */
final class MeteringStatus {

    /** A heartbeat comes every few seconds; so old a clock stands. */
    private static final Duration OLD_CLOCK = Duration.ofMinutes(1);
    /** What is due is done in slices soon after; so long after it is late. */
    private static final Duration LATE = Duration.ofMinutes(10);

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
        Table table = new Table(
                "PARTITION",
                "CLOCK",
                "AGE",
                "LAG",
                "OPEN DAYS",
                "OLDEST OPEN ENDS",
                "DUE",
                "OLDEST DUE",
                "HELD DAYS",
                "MISSING");
        try (CommittedLog log = cluster.log()) {
            Map<Integer, Long> read = log.committed(config.applicationId(), Topics.USAGE_EVENTS);
            for (TopicPartition partition : log.partitions(Topics.USAGE_EVENTS)) {
                long next = read.getOrDefault(partition.partition(), log.beginning(partition));
                row(table, partition.partition(), log.end(partition) - next, now);
            }
            table.print(out);
        }
        printOutcomes();
        printControl();
    }

    private void row(Table table, int partition, long lag, Instant now) {
        Predicate<Sample> here = sample -> sample.has("partition", partition);
        OptionalDouble clock = scrape.largest("weir_partition_clock_seconds", here);
        OptionalDouble oldestDue = scrape.largest("weir_oldest_due_seconds", here);
        OptionalDouble missing = scrape.largest("weir_usage_missing_numbers", here);
        OptionalDouble held = scrape.sum("weir_held_days", here);
        table.row(
                Integer.toString(partition),
                clock.isEmpty() ? Figures.UNKNOWN : Figures.instant(clock),
                clock.isEmpty() ? Figures.UNKNOWN : Figures.age(Duration.between(Figures.at(clock), now)),
                "%,d".formatted(lag),
                Figures.count(scrape.sum("weir_open_days", here)),
                Figures.instant(scrape.largest("weir_oldest_open_day_seconds", here)),
                Figures.count(scrape.sum("weir_due_days", here)),
                Figures.instant(oldestDue),
                Figures.count(held),
                Figures.count(missing));
        judge(partition, lag, clock, oldestDue, now);
        if (held.orElse(0) > 0) {
            verdict.worthALook(
                    "partition %d: %s days held for want of a price or an account: weir held list",
                    partition, Figures.count(held));
        }
        if (missing.orElse(0) > 0) {
            verdict.worthALook(
                    "partition %d: %s numbers of sources are missing: topic usage-gaps says which",
                    partition, Figures.count(missing));
        }
    }

    private void judge(int partition, long lag, OptionalDouble clock, OptionalDouble oldestDue, Instant now) {
        if (clock.isEmpty()) {
            verdict.notWell("partition %d: no instance says that it has it; %,d records wait", partition, lag);
            return;
        }
        Duration age = Duration.between(Figures.at(clock), now);
        if (config.heartbeat().isPresent() && age.compareTo(OLD_CLOCK) > 0) {
            verdict.notWell(
                    "partition %d: its clock is %s old, %s",
                    partition,
                    Figures.age(age),
                    lag > 0
                            ? "%,d records wait: the stream is behind".formatted(lag)
                            : "and nothing waits: no heartbeat comes");
        }
        if (oldestDue.isPresent()) {
            Duration late = Duration.between(Figures.at(oldestDue), Figures.at(clock));
            if (late.compareTo(LATE) > 0) {
                verdict.notWell(
                        "partition %d: a close or a correction is due for %s and not done",
                        partition, Figures.age(late));
            }
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
        out.printf("  rejected  %s%n", rejected.isEmpty() ? "none" : inWords(rejected));
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
