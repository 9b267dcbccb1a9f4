package io.weir.feecenter.ledger;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the ledger now and then whether it is right, apart from the posting, and shows the answer as metrics. */
public final class LedgerWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerWatch.class);

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(LedgerWatch::daemon);
    private final Jdbi jdbi;
    private final LedgerMetrics metrics;

    /** Prepares asking the ledger behind this source. */
    public LedgerWatch(DataSource source, LedgerMetrics metrics) {
        this.jdbi = LedgerDatabase.jdbi(source);
        this.metrics = metrics;
    }

    /** Starts asking, with this pause between an answer and the next question. */
    @SuppressWarnings("FutureReturnValueIgnored") // A question reports its own failure.
    public void start(Duration pause) {
        clock.scheduleWithFixedDelay(this::ask, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void ask() {
        try {
            LedgerCheck check = LedgerCheck.of(jdbi);
            metrics.show(check);
            if (check.imbalance().signum() != 0 || check.unaccountedLines() != 0) {
                LOG.error("The ledger is wrong: {}", check);
            }
        } catch (RuntimeException e) {
            LOG.warn("The ledger could not be checked, the next check will tell: {}", DatabaseTrouble.describe(e));
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "ledger-watch");
        thread.setDaemon(true);
        return thread;
    }
}
