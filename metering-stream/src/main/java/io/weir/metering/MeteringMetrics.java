package io.weir.metering;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.weir.metering.control.ControlLog;
import io.weir.metering.intake.Outcome;
import io.weir.metering.intake.OutcomeCounts;
import io.weir.usage.Reason;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.apache.kafka.streams.KafkaStreams;

/**
 * What the line tells Prometheus. The counts of records come from the state of the partitions at hand as last written back, so they
 * survive a restart; a partition that another instance has counts 0 here.
 */
final class MeteringMetrics implements AutoCloseable {

    private static final double MILLIS_PER_SECOND = 1000;

    private final MeterRegistry registry;
    private final KafkaStreamsMetrics streamsMetrics;
    private final ControlLog control;
    private final PartitionReports reports;
    private final StateDisk disk;
    private final int partitions;

    MeteringMetrics(
            MeterRegistry registry,
            KafkaStreams streams,
            ControlLog control,
            PartitionReports reports,
            StateDisk disk,
            int partitions) {
        this.registry = registry;
        this.streamsMetrics = new KafkaStreamsMetrics(streams);
        this.control = control;
        this.reports = reports;
        this.disk = disk;
        this.partitions = partitions;
    }

    void bind() {
        streamsMetrics.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        bindControl();
        Gauge.builder("weir.state.free.bytes", disk, StateDisk::freeBytes)
                .description("Bytes free on the disk of the state")
                .register(registry);
        for (int partition = 0; partition < partitions; partition++) {
            bindPartition(partition);
        }
    }

    private void bindControl() {
        Gauge.builder("weir.control.offset", control, log -> log.table().offset())
                .description("Offset in fee-center.control up to which bindings, accounts and prices are known")
                .register(registry);
        FunctionCounter.builder("weir.control.records.refused", control, ControlLog::refused)
                .description("Control records refused since the start")
                .register(registry);
    }

    private void bindPartition(int partition) {
        Gauge.builder("weir.partition.clock.seconds", () -> clockSeconds(partition))
                .description("The partition's clock: the largest ingest time read from it, Unix time")
                .tags("partition", Integer.toString(partition))
                .register(registry);
        Gauge.builder("weir.usage.missing.numbers", () -> missing(partition))
                .description("Numbers of sources missing for more than an hour, as last reported to usage-gaps")
                .tags("partition", Integer.toString(partition))
                .register(registry);
        Gauge.builder("weir.held.days", () -> days(partition, PartitionReports.Days::held))
                .description("Days of workspaces of which a part waits for a price or an account")
                .tags("partition", Integer.toString(partition))
                .register(registry);
        FunctionCounter.builder(
                        "weir.control.changes.too.late",
                        this,
                        metrics -> metrics.days(partition, PartitionReports.Days::changesTooLate))
                .description("Control changes that date back to days no longer kept, which are not corrected")
                .tags("partition", Integer.toString(partition))
                .register(registry);
        for (Outcome outcome : Outcome.values()) {
            if (outcome != Outcome.REJECTED) {
                records(partition, outcome.name(), "", counts -> counts.of(outcome));
            }
        }
        for (Reason reason : Reason.values()) {
            records(partition, Outcome.REJECTED.name(), reason.name(), counts -> counts.of(reason));
        }
    }

    private void records(int partition, String outcome, String reason, ToLongFunction<OutcomeCounts> count) {
        FunctionCounter.builder("weir.usage.records", this, metrics -> metrics.count(partition, count))
                .description("Records read from usage-events, by what became of them")
                .tags(Tags.of("partition", Integer.toString(partition), "outcome", outcome, "reason", reason))
                .register(registry);
    }

    private double count(int partition, ToLongFunction<OutcomeCounts> count) {
        return report(partition)
                .map(report -> (double) count.applyAsLong(report.counts()))
                .orElse(0.0);
    }

    private double clockSeconds(int partition) {
        return report(partition)
                .map(report -> report.clockMillis() / MILLIS_PER_SECOND)
                .orElse(Double.NaN);
    }

    private double days(int partition, ToLongFunction<PartitionReports.Days> figure) {
        return reports.days(partition).map(figure::applyAsLong).orElse(0L);
    }

    private double missing(int partition) {
        return report(partition).map(report -> report.missing().doubleValue()).orElse(Double.NaN);
    }

    private Optional<PartitionReports.Report> report(int partition) {
        return Optional.ofNullable(reports.all().get(partition));
    }

    @Override
    public void close() {
        streamsMetrics.close();
    }
}
