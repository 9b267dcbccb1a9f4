package io.weir.feecenter.ledger;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is done again and again on a thread of its own. What fails is logged when it begins to fail, when the reason changes and
 * when it is over; it keeps nothing else from being done, because the broker, the registry or the database may be away.
 */
public final class Background {

    private static final Logger LOG = LoggerFactory.getLogger(Background.class);
    private static final long PATIENCE_SECONDS = 5;
    private static final Duration QUICK = Duration.ofMillis(500);
    private static final int PAUSES_PER_ANSWER = 19;

    private final Map<String, String> troubles = new ConcurrentHashMap<>();
    private final AtomicLong failures = new AtomicLong();
    private final ScheduledThreadPoolExecutor clock;

    /**
     * Does nothing yet.
     *
     * @param thread name of the thread
     */
    public Background(String thread) {
        clock = new ScheduledThreadPoolExecutor(1, work -> daemon(thread, work), new DiscardPolicy());
        clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Starts, now.
     *
     * @param pause between the end of the work and its next beginning
     * @param work made of {@linkplain #attempt attempts}
     */
    public void repeat(Duration pause, Runnable work) {
        repeat(() -> {
            work.run();
            return pause;
        });
    }

    /**
     * Starts, now.
     *
     * @param work made of {@linkplain #attempt attempts}; gives the pause until its next beginning
     */
    public void repeat(Supplier<Duration> work) {
        doAfter(Duration.ZERO, work);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // An attempt reports its own failure.
    private void doAfter(Duration pause, Supplier<Duration> work) {
        clock.schedule(() -> doAfter(work.get(), work), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Does a part of the work.
     *
     * @param otherwise what is the case as long as it fails, such as {@code Days stay open}: a sentence without its full stop
     */
    public void attempt(String otherwise, Runnable part) {
        try {
            part.run();
            if (troubles.remove(otherwise) != null) {
                LOG.info("Over: {}", otherwise);
            }
        } catch (RuntimeException e) {
            failures.incrementAndGet();
            String reason = DatabaseTrouble.describe(e);
            if (!reason.equals(troubles.put(otherwise, reason))) {
                LOG.error("{}, the next look tries again: {}", otherwise, reason);
            }
        }
    }

    /**
     * Does a part of the work that passes over many rows, and costs the database much once they are very many.
     *
     * @param otherwise as of {@link #attempt}
     * @param pause enough after a quick answer
     * @return the pause after which to do it again: after an answer that took more than half a second at least so long that this
     *     costs the database no more than a twentieth of its time
     */
    public Duration attemptSparingly(String otherwise, Duration pause, Runnable part) {
        long beganNanos = System.nanoTime();
        attempt(otherwise, part);
        Duration took = Duration.ofNanos(System.nanoTime() - beganNanos);
        Duration rest = took.multipliedBy(PAUSES_PER_ANSWER);
        return took.compareTo(QUICK) < 0 || rest.compareTo(pause) < 0 ? pause : rest;
    }

    /** How many attempts have failed since the start. */
    public long failures() {
        return failures.get();
    }

    /** Whether the end was asked for, so that work of many parts does not begin another one. */
    public boolean isEnding() {
        return clock.isShutdown();
    }

    /**
     * Lets what is under way end, as far as it takes no longer than 5 seconds.
     *
     * @param then closes what the work used; left out if the work may still use it
     */
    public void end(Runnable then) {
        clock.shutdown();
        try {
            if (clock.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                then.run();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
