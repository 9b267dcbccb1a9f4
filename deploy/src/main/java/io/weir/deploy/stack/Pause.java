package io.weir.deploy.stack;

import java.time.Duration;

/** Waiting between two looks at something that another process does. */
public final class Pause {

    private Pause() {}

    /** 50 ms: short for a person, long for a processor. */
    public static void brief() {
        of(Duration.ofMillis(50));
    }

    /** Waits for so long. */
    public static void of(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException stop) {
            throw interrupted(stop);
        }
    }

    static IllegalStateException interrupted(InterruptedException stop) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("Interrupted while waiting", stop);
    }
}
