package io.weir.feecenter.ledger;

import java.time.Duration;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the ledger now and then whether it is right, apart from the posting, and shows the answer as metrics. */
public final class LedgerWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerWatch.class);

    private final Background background = new Background("ledger-watch");
    private final Jdbi jdbi;
    private final LedgerMetrics metrics;

    /** Prepares asking the ledger behind this source. */
    public LedgerWatch(DataSource source, LedgerMetrics metrics) {
        this.jdbi = LedgerDatabase.jdbi(source);
        this.metrics = metrics;
    }

    /** Starts asking, with this pause between an answer and the next question. */
    public void start(Duration pause) {
        background.repeat(pause, () -> background.attempt("Whether the ledger is right is not known", this::ask));
    }

    private void ask() {
        LedgerCheck check = LedgerCheck.of(jdbi);
        metrics.show(check);
        if (check.imbalance().signum() != 0 || check.unaccountedLines() != 0) {
            LOG.error("The ledger is wrong: {}", check);
        }
    }

    /** Lets a check that is under way end, as far as it is quick. */
    @Override
    public void close() {
        background.end(() -> {});
    }
}
