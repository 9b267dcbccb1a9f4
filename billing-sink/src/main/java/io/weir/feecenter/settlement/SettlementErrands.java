package io.weir.feecenter.settlement;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles in the background: looks how far metering is, settles every day that is complete, locks whose grace is over, and issues the
 * statements that are due.
 */
public final class SettlementErrands implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SettlementErrands.class);
    private static final long PATIENCE_SECONDS = 5;

    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(SettlementErrands::daemon);
    private final ProgressReader progress;
    private final Settling settling;
    private final Arrears arrears;
    private final Statements statements;

    /**
     * Prepares the errands.
     *
     * @param progress closed with this
     */
    public SettlementErrands(ProgressReader progress, Settling settling, Arrears arrears, Statements statements) {
        this.progress = progress;
        this.settling = settling;
        this.arrears = arrears;
        this.statements = statements;
    }

    /**
     * Starts.
     *
     * @param pause between two looks at what is open
     */
    @SuppressWarnings("FutureReturnValueIgnored") // An errand reports its own failure.
    public void start(Duration pause) {
        clock.scheduleWithFixedDelay(this::run, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run() {
        attempt("How far metering is remains unknown", progress::readOn);
        attempt("Days stay open", () -> settling.openDays().forEach(this::settle));
        attempt("Arrears are not looked at", arrears::lockOverdue);
        attempt("Statements are not issued", statements::issueDue);
    }

    private void settle(AccountDay day) {
        if (!clock.isShutdown()) {
            attempt("%s of %s stays open".formatted(day.day(), day.accountId()), () -> settling.settle(day));
        }
    }

    /** What fails waits for the next look and keeps nothing else from being done: the broker or the database may be away. */
    private static void attempt(String otherwise, Runnable errand) {
        try {
            errand.run();
        } catch (RuntimeException e) {
            LOG.error("{}, the next look tries again: {}", otherwise, e.toString());
        }
    }

    /** Lets a day that is under way be settled. */
    @Override
    public void close() {
        clock.shutdown();
        try {
            if (clock.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                progress.close();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "settlement-errands");
        thread.setDaemon(true);
        return thread;
    }
}
