package io.weir.metering;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weir.billing.ControlRecord;
import io.weir.metering.control.ControlLog;
import io.weir.metering.intake.WriterSchemas;
import io.weir.wire.BrokerRefusal;
import io.weir.wire.HealthServer;
import io.weir.wire.NamedDeserializer;
import io.weir.wire.NamedSerializer;
import io.weir.wire.SchemaRegistry;
import io.weir.wire.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All parts of the metering stream, put together: the line, its heartbeats, and what they tell an operator. */
public final class MeteringStream implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MeteringStream.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int ANSWER_MILLIS = 3_000;

    private final MeteringConfig config;
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final PartitionReports reports = new PartitionReports();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtomicReference<Throwable> defect = new AtomicReference<>();
    private final StateDisk disk;
    private final HealthServer health;
    private volatile Optional<String> unready = Optional.of("waiting for the topics");

    /**
     * Serves health at once; Kafka need not be there yet.
     *
     * @throws IOException if the HTTP address cannot be listened on
     */
    public MeteringStream(MeteringConfig config) throws IOException {
        this.config = config;
        disk = new StateDisk(config.stateFolder(), config.stateFreeMinimumBytes());
        health = HealthServer.start(config.http(), metrics::scrape, this::unready);
        Gauge.builder("weir.ready", () -> unready().isEmpty() ? 1 : 0)
                .description("1 if this instance can do its work, as /health/ready says; else 0")
                .register(metrics);
        Gauge.builder("weir.build.info", () -> 1)
                .description("Always 1; the release is in the label")
                .tag(
                        "version",
                        Objects.requireNonNullElse(
                                MeteringStream.class.getPackage().getImplementationVersion(), "unknown"))
                .register(metrics);
    }

    private Optional<String> unready() {
        return unready.or(disk::trouble);
    }

    /**
     * Waits for the topics, then meters until {@link #stop}.
     *
     * @throws StartRefused if the state does not fit the topics
     * @throws BrokerRefusal if the broker does not allow what the line must do, or not any more
     * @throws IllegalStateException if a defect has stopped the line
     */
    public void run() throws InterruptedException {
        Optional<Origin> origin = askTopics(stopping, TopicsAtStart::await);
        if (origin.isPresent()) {
            meter(origin.get());
        }
        Throwable cause = defect.get();
        if (cause instanceof StartRefused refused) {
            throw refused;
        }
        if (cause != null) {
            // If the topics were changed under the line, a start says it more plainly than Kafka.
            askTopics(new CountDownLatch(1), TopicsAtStart::ask);
            throw explained(cause);
        }
    }

    private RuntimeException explained(Throwable cause) {
        if (cause instanceof TransactionalIdAuthorizationException) { // the broker is not asked about these at a start
            return BrokerRefusal.of(
                    List.of("WRITE on transactional ids beginning with %s-".formatted(config.applicationId())));
        }
        return BrokerRefusal.behind(cause, "READ or WRITE")
                .<RuntimeException>map(refusal -> refusal)
                .orElseGet(() -> new IllegalStateException(cause.getMessage(), cause));
    }

    private Optional<Origin> askTopics(CountDownLatch waiting, Question question) throws InterruptedException {
        try (Admin admin = Admin.create(admin())) {
            return question.of(new TopicsAtStart(admin, config, waiting));
        }
    }

    private Map<String, Object> admin() {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
        return settings;
    }

    private interface Question {
        Optional<Origin> of(TopicsAtStart topics) throws InterruptedException;
    }

    private void meter(Origin origin) throws InterruptedException {
        disk.trouble().ifPresent(LOG::warn); // Kafka Streams would not say which disk
        ControlLog control = new ControlLog(config.topics().of(Topics.CONTROL), deserializer());
        MeteringTopology topology = new MeteringTopology(
                config.topics(),
                control,
                new WriterSchemas(SchemaRegistry.of(config.registry()), config.unknownSchemaWait()),
                serializer(),
                reports,
                config.grace(),
                origin);
        int partitions = origin.partitions();
        try (KafkaStreams streams = new KafkaStreams(topology.build(), config.streams(), new UsageClients());
                UsageLag lag = new UsageLag(Admin.create(admin()), config.applicationId(), partitions);
                MeteringMetrics watched = new MeteringMetrics(metrics, streams, control, disk, lag);
                Heartbeats heartbeats = new Heartbeats(config, partitions, this::stopFor)) {
            streams.setUncaughtExceptionHandler(thrown -> {
                stopFor(thrown);
                return SHUTDOWN_CLIENT;
            });
            streams.setStateListener((now, before) -> changed(now));
            watched.bind();
            new PartitionMetrics(metrics.getPrometheusRegistry(), reports, lag::of, partitions).bind();
            lag.start();
            streams.cleanUp(); // a file that was damaged or put back is not always seen: see RATIONALE.md
            streams.start();
            heartbeats.start();
            stopping.await();
            unready = Optional.of("stopping");
            streams.close(PATIENCE);
        }
    }

    private void stopFor(Throwable thrown) {
        LOG.error("The line has stopped", thrown);
        defect.compareAndSet(null, rootOf(thrown));
        stop();
    }

    private static Throwable rootOf(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return cause == null ? thrown : rootOf(cause);
    }

    private void changed(State now) {
        LOG.info("The line is {}", now);
        unready = now == State.RUNNING ? Optional.empty() : Optional.of("the line is " + now);
        if (now == State.ERROR) {
            defect.compareAndSet(null, new IllegalStateException("the line is in state ERROR"));
            stop();
        }
    }

    private Serializer<SpecificRecord> serializer() {
        try {
            return NamedSerializer.of(config.serializer(), config.registry());
        } catch (ClassNotFoundException missing) {
            throw notOnTheClassPath(config.serializer());
        }
    }

    private Deserializer<ControlRecord> deserializer() {
        try {
            return NamedDeserializer.of(config.deserializer(), config.registry(), ControlRecord.class);
        } catch (ClassNotFoundException missing) {
            throw notOnTheClassPath(config.deserializer());
        }
    }

    private static StartRefused notOnTheClassPath(String className) {
        return new StartRefused(
                "class %s is not on the class path: start with java -cp metering-stream.jar:ITS-JARS %s, not with -jar"
                        .formatted(className, MeteringApp.class.getName()));
    }

    /** Asks {@link #run} to finish and return; from any thread. */
    public void stop() {
        stopping.countDown();
    }

    @Override
    public void close() {
        health.close();
    }
}
