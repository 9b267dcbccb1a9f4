package io.weir.feecenter.account;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does soon after a change what it has left to do: to tell the control log and to send mail. */
public final class AccountErrands implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AccountErrands.class);
    private static final long PATIENCE_SECONDS = 5;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(AccountErrands::daemon);
    private final OutboxRelay relay;
    private final Mailings mailings;

    /**
     * Prepares the errands.
     *
     * @param relay closed with this
     */
    public AccountErrands(OutboxRelay relay, Mailings mailings) {
        this.relay = relay;
        this.mailings = mailings;
    }

    /**
     * Starts.
     *
     * @param pause between two looks at what waits
     */
    @SuppressWarnings("FutureReturnValueIgnored") // An errand reports its own failure.
    public void start(Duration pause) {
        clock.scheduleWithFixedDelay(this::run, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run() {
        attempt("The control log is not told yet", relay::publishWaiting);
        attempt("Mail waits", mailings::sendWaiting);
    }

    /** What fails waits for the next look: the broker, the database or the registry may be away, and none of it is lost. */
    private static void attempt(String otherwise, Runnable errand) {
        try {
            errand.run();
        } catch (RuntimeException e) {
            LOG.error("{}, the next look tries again: {}", otherwise, e.toString());
        }
    }

    /** Lets an errand that is under way end, as far as it is quick. */
    @Override
    public void close() {
        clock.shutdown();
        try {
            if (clock.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                relay.close();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "account-errands");
        thread.setDaemon(true);
        return thread;
    }
}
