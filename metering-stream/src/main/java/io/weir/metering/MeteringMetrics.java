package io.weir.metering;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weir.metering.control.ControlLog;
import org.apache.kafka.streams.KafkaStreams;

/** What an instance of the line tells Prometheus, beside what it tells of its partitions. */
final class MeteringMetrics implements AutoCloseable {

    private final PrometheusMeterRegistry registry;
    private final KafkaStreamsMetrics streamsMetrics;
    private final ControlLog control;
    private final StateDisk disk;
    private final UsageLag lag;

    MeteringMetrics(
            PrometheusMeterRegistry registry, KafkaStreams streams, ControlLog control, StateDisk disk, UsageLag lag) {
        this.registry = registry;
        this.streamsMetrics = new KafkaStreamsMetrics(streams);
        this.control = control;
        this.disk = disk;
        this.lag = lag;
    }

    void bind() {
        streamsMetrics.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        Gauge.builder("weir.control.offset", control, log -> log.table().offset())
                .description("Offset in fee-center.control up to which bindings, accounts and prices are known")
                .register(registry);
        FunctionCounter.builder("weir.control.records.refused", control, ControlLog::refused)
                .description("Control records refused since the start")
                .register(registry);
        Gauge.builder("weir.state.free.bytes", disk, StateDisk::freeBytes)
                .description("Bytes free on the disk of the state")
                .register(registry);
        Gauge.builder("weir.broker.reachable", lag, asked -> asked.brokerAnswers() ? 1 : 0)
                .description("1 if the broker answered when it was last asked, every 5 s; else 0")
                .register(registry);
    }

    @Override
    public void close() {
        streamsMetrics.close();
    }
}
