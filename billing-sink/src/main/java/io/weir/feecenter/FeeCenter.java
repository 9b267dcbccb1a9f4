package io.weir.feecenter;

import com.zaxxer.hikari.HikariDataSource;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weir.billing.ControlRecord;
import io.weir.feecenter.FeeCenterConfig.Login;
import io.weir.feecenter.FeeCenterConfig.Time;
import io.weir.feecenter.billed.BilledMetrics;
import io.weir.feecenter.billed.BilledWatch;
import io.weir.feecenter.ledger.BillLineConsumer;
import io.weir.feecenter.ledger.BillLineReader;
import io.weir.feecenter.ledger.DatabaseTrouble;
import io.weir.feecenter.ledger.LedgerDatabase;
import io.weir.feecenter.ledger.LedgerMetrics;
import io.weir.feecenter.ledger.LedgerSchema;
import io.weir.feecenter.ledger.LedgerWatch;
import io.weir.feecenter.settlement.MeteringClock;
import io.weir.feecenter.web.Console;
import io.weir.wire.HealthServer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All parts of the fee center, put together: the ledger's tables, the reader, the errands, and what they tell an operator. */
public final class FeeCenter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FeeCenter.class);

    /** Pages wait for each other, and the ledger never for a page. */
    private static final int CONNECTIONS_OF_PAGES = 10;

    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final LedgerMetrics ledgerMetrics = new LedgerMetrics(metrics);
    private final FeeCenterConfig config;
    private final HikariDataSource database;
    private final KafkaClientMetrics kafkaMetrics;
    private final BillLineReader reader;
    private final HealthServer health;
    private final MeteringClock meteringClock = new MeteringClock(Clock.systemUTC());
    private final HikariDataSource pages;
    private final Console console;
    private volatile Optional<String> waiting = Optional.of("the tables of the ledger are not checked yet");
    private volatile boolean stopping;

    /**
     * Serves health at once; neither Kafka nor the database need be there yet.
     *
     * @throws IOException if the HTTP address cannot be listened on
     */
    public FeeCenter(FeeCenterConfig config) throws IOException {
        this.config = config;
        Login login = config.database();
        database = LedgerDatabase.pool(login.url(), login.user(), login.password());
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(BillLineConsumer.settings(config.kafka(), config.group()));
        kafkaMetrics = new KafkaClientMetrics(consumer);
        reader = new BillLineReader(
                consumer,
                BillLineConsumer.decoder(config.billLines(), config.deserializer(), config.kafka()),
                database,
                ledgerMetrics);
        health = HealthServer.start(config.http(), metrics::scrape, this::unready);
        pages = LedgerDatabase.pool(login.url(), login.user(), login.password());
        pages.setPoolName("console");
        pages.setMaximumPoolSize(CONNECTIONS_OF_PAGES);
        console = new Console(
                config.console(), pages, config.errands().smtp(), clock(), Clock.systemUTC(), () -> waiting);
        bindMetrics();
    }

    /** The time by which is bound, paid and settled. */
    private InstantSource clock() {
        return config.clock() == Time.METERING ? meteringClock : Clock.systemUTC();
    }

    private Optional<String> unready() {
        return waiting.or(reader::trouble);
    }

    private void bindMetrics() {
        Gauge.builder("weir.ready", () -> unready().isEmpty() ? 1 : 0)
                .description("1 if this instance can do its work, as /health/ready says; else 0")
                .register(metrics);
        Gauge.builder("weir.build.info", () -> 1)
                .description("Always 1; the release is in the label")
                .tag(
                        "version",
                        Objects.requireNonNullElse(FeeCenter.class.getPackage().getImplementationVersion(), "unknown"))
                .register(metrics);
        kafkaMetrics.bindTo(metrics);
        new JvmMemoryMetrics().bindTo(metrics);
        new JvmThreadMetrics().bindTo(metrics);
        new ProcessorMetrics().bindTo(metrics);
        new UptimeMetrics().bindTo(metrics);
    }

    /** Waits for the database, brings its tables up to date or checks them, then does all its work until {@link #stop}. */
    public void run() {
        if (!tablesAreReady()) {
            return;
        }
        try (LedgerWatch watch = new LedgerWatch(database, ledgerMetrics);
                BilledWatch billed = billedWatch();
                ErrandsWatch errandsWatch = new ErrandsWatch(database, metrics);
                Errands errands = new Errands(config, database, clock(), meteringClock)) {
            errands.bindTo(metrics);
            watch.start(config.checkPause());
            billed.start(config.checkPause());
            errandsWatch.start(config.checkPause());
            errands.start();
            reader.run();
        }
    }

    private BilledWatch billedWatch() {
        Map<String, String> settings = new HashMap<>(config.kafka());
        settings.put("specific.avro.value.type", ControlRecord.class.getName());
        return new BilledWatch(
                database,
                config.control(),
                BillLineConsumer.deserializer(config.deserializer(), settings, ControlRecord.class),
                config.kafka(),
                new BilledMetrics(metrics));
    }

    /** True at once or after a wait for the database; false if this was stopped while waiting. */
    private boolean tablesAreReady() {
        RetryPolicy<Object> untilItIsThere = RetryPolicy.builder()
                .handleIf(DatabaseTrouble::passes)
                .abortIf((nothing, trouble) -> stopping)
                .onFailedAttempt(attempt -> waitFor(attempt.getLastException()))
                .withBackoff(Duration.ofMillis(200), Duration.ofSeconds(5))
                .withMaxRetries(-1)
                .build();
        try {
            Failsafe.with(untilItIsThere).run(this::prepareTables);
            meteringClock.goOn(LedgerDatabase.jdbi(database));
            waiting = Optional.empty();
            return true;
        } catch (FlywayException e) {
            if (stopping && DatabaseTrouble.passes(e)) {
                return false;
            }
            throw e;
        }
    }

    private void prepareTables() {
        String sinkRole = config.database().user();
        config.owner().ifPresent(owner -> {
            try (HikariDataSource source = LedgerDatabase.pool(owner.url(), owner.user(), owner.password())) {
                LedgerSchema.migrate(source, config.schema(), sinkRole);
            }
        });
        LedgerSchema.validate(database, config.schema(), sinkRole);
    }

    private void waitFor(Throwable trouble) {
        String reason = "the tables of the ledger cannot be checked: " + DatabaseTrouble.describe(trouble);
        LOG.warn("{}", reason);
        waiting = Optional.of(reason);
    }

    /** The port on which metrics and health are served. */
    public int port() {
        return health.port();
    }

    /** Asks {@link #run} to finish the batch at hand and return; from any thread. */
    public void stop() {
        stopping = true;
        reader.close();
    }

    /** The port on which the console is served. */
    public int consolePort() {
        return console.port();
    }

    @Override
    public void close() {
        console.close();
        pages.close();
        health.close();
        kafkaMetrics.close();
        database.close();
    }
}
