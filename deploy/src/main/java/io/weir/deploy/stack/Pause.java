package io.weir.deploy.stack;

import io.weir.deploy.console.Failure;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for what another process does, by looking again and again. */
public final class Pause {

    private static final Duration BRIEF = Duration.ofMillis(50);

    private Pause() {}

    /** 50 ms: short for a person, long for a processor. */
    public static void brief() {
        of(BRIEF);
    }

    /** Waits for so long. */
    public static void of(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException stop) {
            throw interrupted(stop);
        }
    }

    /**
     * Waits until something is reached.
     *
     * @param longest after so long the wait fails
     * @param check run between two looks; throws if there is no more hope
     * @param tooLate what to say then
     */
    public static void until(BooleanSupplier reached, Duration longest, Runnable check, Supplier<Failure> tooLate) {
        long startNanos = System.nanoTime();
        while (!reached.getAsBoolean()) {
            check.run();
            if (System.nanoTime() - startNanos > longest.toNanos()) {
                throw tooLate.get();
            }
            brief();
        }
    }

    static IllegalStateException interrupted(InterruptedException stop) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("Interrupted while waiting", stop);
    }
}
