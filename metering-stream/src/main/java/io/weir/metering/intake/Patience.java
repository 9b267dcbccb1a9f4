package io.weir.metering.intake;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.InterruptException;

/**
 * How long the line may still stand for schemas that the registry does not know: one budget for all, spent in short pauses,
 * which comes back at a second per minute. So whoever sends ids that nobody knows can hold up others for at most one whole
 * budget, and for a sixtieth of the time from then on. Safe for use by many threads.
 */
final class Patience {

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int COMES_BACK_IN = 60;

    private final long wholeNanos;
    private final long pauseNanos;
    private final LongSupplier nanoClock;
    private final Sleeper sleeper;
    private long leftNanos;
    private long countedAtNanos;

    /** How a pause passes. */
    interface Sleeper {
        void sleep(long nanos) throws InterruptedException;
    }

    /** A budget of this size, full. */
    Patience(Duration whole) {
        this(whole, System::nanoTime, TimeUnit.NANOSECONDS::sleep);
    }

    Patience(Duration whole, LongSupplier nanoClock, Sleeper sleeper) {
        this.wholeNanos = whole.toNanos();
        this.pauseNanos = Math.min(wholeNanos, PAUSE.toNanos());
        this.nanoClock = nanoClock;
        this.sleeper = sleeper;
        this.leftNanos = wholeNanos;
        this.countedAtNanos = nanoClock.getAsLong();
    }

    /** Waits a moment; false at once if the budget does not allow it. */
    boolean pause() {
        if (!take()) {
            return false;
        }
        try {
            sleeper.sleep(pauseNanos);
            return true;
        } catch (InterruptedException stopped) {
            throw new InterruptException(stopped);
        }
    }

    private synchronized boolean take() {
        long now = nanoClock.getAsLong();
        leftNanos = Math.min(wholeNanos, leftNanos + (now - countedAtNanos) / COMES_BACK_IN);
        countedAtNanos = now;
        if (pauseNanos == 0 || leftNanos < pauseNanos) {
            return false;
        }
        leftNanos -= pauseNanos;
        return true;
    }
}
