package io.weir.feecenter.billed;

import io.weir.billing.ControlRecord;
import io.weir.feecenter.ledger.BillLineConsumer;
import io.weir.feecenter.ledger.DatabaseTrouble;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sums up now and then what stands in the ledger, apart from the posting, and shows it as metrics. */
public final class BilledWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BilledWatch.class);
    private static final int PAUSES_PER_ANSWER = 19;
    private static final int ANSWER_MILLIS = 5_000;
    private static final long PATIENCE_SECONDS = 5;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(BilledWatch::daemon);
    private final DataSource ledger;
    private final SitesAndUnits known;
    private final BilledMetrics metrics;

    /**
     * Prepares asking.
     *
     * @param topic the control log, {@code fee-center.control} or that of a shadow
     * @param control decodes it
     * @param kafka settings of the consumer
     */
    public BilledWatch(
            DataSource ledger,
            String topic,
            Deserializer<ControlRecord> control,
            Map<String, String> kafka,
            BilledMetrics metrics) {
        this.ledger = ledger;
        this.metrics = metrics;
        Map<String, Object> consumer = BillLineConsumer.settings(kafka, "");
        consumer.remove(ConsumerConfig.GROUP_ID_CONFIG);
        consumer.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        consumer.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
        known = new SitesAndUnits(topic, new KafkaConsumer<>(consumer), control);
    }

    /**
     * Starts asking.
     *
     * @param pause between an answer and the next question; longer where the answer takes long, so that this never costs the
     *     database more than a twentieth of its time
     */
    public void start(Duration pause) {
        next(pause, 0);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // A question reports its own failure.
    private void next(Duration pause, long afterMillis) {
        clock.schedule(() -> askAndGoOn(pause), afterMillis, TimeUnit.MILLISECONDS);
    }

    private void askAndGoOn(Duration pause) {
        readOn();
        long began = System.nanoTime();
        ask();
        long tookMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        if (!clock.isShutdown()) {
            next(pause, Math.max(pause.toMillis(), tookMillis * PAUSES_PER_ANSWER));
        }
    }

    private void readOn() {
        try {
            known.readOn();
        } catch (KafkaException trouble) {
            LOG.warn("Some sites are not known, the next look will tell: {}", trouble.toString());
        }
    }

    private void ask() {
        try {
            metrics.show(Billed.in(ledger, known.siteByWorkspace()), known.unitByItem());
        } catch (JdbiException trouble) {
            LOG.warn("What was billed is not known, the next look will tell: {}", DatabaseTrouble.describe(trouble));
        }
    }

    /** Lets a look that is under way end, as far as it is quick. */
    @Override
    public void close() {
        clock.shutdownNow();
        try {
            if (clock.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                known.close();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "billed-watch");
        thread.setDaemon(true);
        return thread;
    }
}
