package io.weir.feecenter.billed;

import io.weir.billing.ControlRecord;
import io.weir.feecenter.ledger.Background;
import io.weir.feecenter.ledger.BillLineConsumer;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.Deserializer;

/** Sums up now and then what stands in the ledger, apart from the posting, and shows it as metrics. */
public final class BilledWatch implements AutoCloseable {

    private final Background background = new Background("billed-watch");
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
        known = new SitesAndUnits(topic, new KafkaConsumer<>(BillLineConsumer.settingsWithoutGroup(kafka)), control);
    }

    /**
     * Starts asking.
     *
     * @param pause between an answer and the next question; longer where the answer takes long, so that this costs the
     *     database no more than a twentieth of its time
     */
    public void start(Duration pause) {
        background.repeat(() -> {
            background.attempt("Some sites are not known", known::readOn);
            return background.attemptSparingly("What was billed is not known", pause, this::ask);
        });
    }

    private void ask() {
        metrics.show(Billed.in(ledger, known.siteByWorkspace()), known.unitByItem());
    }

    /** Lets a look that is under way end, as far as it is quick. */
    @Override
    public void close() {
        background.end(known::close);
    }
}
