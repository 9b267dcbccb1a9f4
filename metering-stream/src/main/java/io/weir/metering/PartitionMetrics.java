package io.weir.metering;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.weir.metering.intake.Outcome;
import io.weir.metering.intake.OutcomeCounts;
import io.weir.usage.Reason;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What Prometheus is told of each partition, as of the task's last commit, read only when it asks. Of a partition that another
 * instance has, a gauge is NaN. A counter is left out: it goes on from a count in the state, and a 0 before that would look to
 * Prometheus as if all of it had just happened.
 *
 * @param registry where they are registered
 * @param reports what the tasks last said
 * @param lag records of a partition that are not read yet; empty while that is not known
 * @param partitions number of partitions of {@code usage-events}
 */
record PartitionMetrics(
        PrometheusRegistry registry, PartitionReports reports, IntFunction<OptionalLong> lag, int partitions) {

    private static final String PARTITION = "partition";
    private static final double MILLIS_PER_SECOND = 1000;

    /** Takes a count and the values of its labels. */
    private interface Count {
        void is(long count, String... labels);
    }

    /** Registers all of them. */
    void bind() {
        bindRecords();
        bindDays();
        bindHolds();
        bindLines();
    }

    private void bindRecords() {
        gauge(
                "weir_partition_clock_seconds",
                "The partition's clock: the largest ingest time read from it, Unix time",
                reports.records(),
                report -> seconds(report.clockMillis()));
        gauge(
                "weir_usage_missing_numbers",
                "Numbers of sources missing for more than an hour, as last reported to usage-gaps",
                reports.records(),
                report -> report.missing().doubleValue());
        gauge(
                "weir_usage_lag_records",
                "Records on usage-events that are not read yet; NaN while the broker does not answer",
                partition -> reports.records().of(partition).isPresent() ? number(lag.apply(partition)) : Double.NaN);
        counter(
                "weir_usage_records",
                "Records read from usage-events, by what became of them",
                reports.records(),
                (report, count) -> outcomes(report.counts(), count),
                "outcome",
                "reason");
    }

    private void bindDays() {
        gauge(
                "weir_open_days",
                "Days of workspaces that are not closed yet",
                reports.days(),
                PartitionReports.Days::open);
        gauge(
                "weir_oldest_open_day_seconds",
                "End of the oldest day that is not closed yet, Unix time; NaN if there is none",
                reports.days(),
                days -> seconds(days.oldestOpenEndMillis()));
        gauge(
                "weir_due_days",
                "Closes and corrections of days that are due",
                reports.days(),
                PartitionReports.Days::due);
        gauge(
                "weir_oldest_due_seconds",
                "When the oldest close or correction that is due fell due, Unix time; NaN if there is none",
                reports.days(),
                days -> seconds(days.oldestDueMillis()));
    }

    private void bindHolds() {
        gauge(
                "weir_held_days",
                "Days of workspaces of which a part waits for a price or an account",
                reports.days(),
                PartitionReports.Days::held);
        counter(
                "weir_control_changes_too_late",
                "Control changes that date back to days no longer kept, which are not corrected",
                reports.days(),
                (days, count) -> count.is(days.changesTooLate()));
    }

    private void bindLines() {
        counter(
                "weir_bill_lines",
                "Bill lines issued: first ones at the close of a day, corrections later",
                reports.lines(),
                (lines, count) -> {
                    count.is(lines.first(), "first");
                    count.is(lines.corrections(), "correction");
                },
                "kind");
    }

    private <T> void gauge(String name, String help, Latest<T> said, ToDoubleFunction<T> figure) {
        gauge(name, help, partition -> {
            Optional<T> report = said.of(partition);
            return report.isPresent() ? figure.applyAsDouble(report.get()) : Double.NaN;
        });
    }

    private void gauge(String name, String help, IntToDoubleFunction figure) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(PARTITION)
                .callback(gauge -> {
                    for (int partition = 0; partition < partitions; partition++) {
                        gauge.call(figure.applyAsDouble(partition), Integer.toString(partition));
                    }
                })
                .register(registry);
    }

    private <T> void counter(String name, String help, Latest<T> said, BiConsumer<T, Count> counts, String... labels) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(behindPartition(PARTITION, labels))
                .callback(counter -> said.all()
                        .forEach((partition, report) -> counts.accept(
                                report,
                                (count, values) -> counter.call(
                                        (double) count, behindPartition(Integer.toString(partition), values)))))
                .register(registry);
    }

    private static String[] behindPartition(String partition, String... others) {
        return Stream.concat(Stream.of(partition), Stream.of(others)).toArray(String[]::new);
    }

    private static void outcomes(OutcomeCounts counts, Count count) {
        for (Outcome outcome : Outcome.values()) {
            if (outcome != Outcome.REJECTED) {
                count.is(counts.of(outcome), outcome.name(), "");
            }
        }
        for (Reason reason : Reason.values()) {
            count.is(counts.of(reason), Outcome.REJECTED.name(), reason.name());
        }
    }

    private static double number(OptionalLong number) {
        return number.isPresent() ? (double) number.getAsLong() : Double.NaN;
    }

    private static double seconds(OptionalLong millis) {
        return number(millis) / MILLIS_PER_SECOND;
    }
}
