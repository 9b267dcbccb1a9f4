package io.weir.feecenter;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.weir.feecenter.account.OutboxCheck;
import io.weir.feecenter.ledger.Background;
import io.weir.feecenter.ledger.LedgerDatabase;
import io.weir.feecenter.settlement.SettlementCheck;
import java.time.Duration;
import java.util.function.ToLongFunction;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks now and then how much the errands have left to do and whether the purses are right, and shows the answer as metrics. */
final class ErrandsWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ErrandsWatch.class);

    private final Background background = new Background("errands-watch");
    private final Jdbi jdbi;
    private final MeterRegistry registry;
    private volatile OutboxCheck outbox = new OutboxCheck(0, Duration.ZERO, 0);
    private volatile SettlementCheck settlement = new SettlementCheck(0, Duration.ZERO, 0);

    /** Registers the meters. */
    ErrandsWatch(DataSource database, MeterRegistry registry) {
        this.jdbi = LedgerDatabase.jdbi(database);
        this.registry = registry;
        outbox("weir.control.outbox.changes", "Changes that the control log is not told yet", OutboxCheck::changes);
        outbox(
                "weir.control.outbox.wait.seconds",
                "For how long the oldest change has waited that the control log is not told yet; 0 if none waits",
                check -> check.oldestChange().toSeconds());
        outbox("weir.mail.outbox.mails", "Mails that are not sent yet", OutboxCheck::mails);
        settlement(
                "weir.settlement.open.lines", "Lines of the ledger that are not settled", SettlementCheck::openLines);
        settlement(
                "weir.settlement.wait.seconds",
                "For how long the oldest open line of a complete day has stood in the ledger; 0 if no complete day is open",
                check -> check.longestWait().toSeconds());
        settlement(
                "weir.settlement.wrong.purses",
                "Purses whose balance is not the sum of their postings; always 0",
                SettlementCheck::wrongPurses);
    }

    private void outbox(String name, String description, ToLongFunction<OutboxCheck> figure) {
        Gauge.builder(name, () -> figure.applyAsLong(outbox))
                .description(description)
                .register(registry);
    }

    private void settlement(String name, String description, ToLongFunction<SettlementCheck> figure) {
        Gauge.builder(name, () -> figure.applyAsLong(settlement))
                .description(description)
                .register(registry);
    }

    /**
     * Starts asking.
     *
     * @param pause between an answer and the next question; longer where the answer takes long
     */
    void start(Duration pause) {
        background.repeat(() -> {
            background.attempt("What waits to be told is not known", () -> outbox = OutboxCheck.of(jdbi));
            return background.attemptSparingly("What waits to be settled is not known", pause, this::askSettlement);
        });
    }

    private void askSettlement() {
        settlement = SettlementCheck.of(jdbi);
        if (settlement.wrongPurses() != 0) {
            LOG.error("Purses are wrong, see the view purse_imbalance: {}", settlement);
        }
    }

    /** Lets a question that is under way end, as far as it is quick. */
    @Override
    public void close() {
        background.end(() -> {});
    }
}
