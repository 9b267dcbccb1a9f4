package io.weir.metering.window;

import java.time.Duration;

/** Full hours of UTC, at which corrections, hourly totals and gaps are issued (rules.md §4, §7). */
public final class FullHours {

    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

    private FullHours() {}

    /** The last full hour at or before an instant, milliseconds UTC. */
    public static long atOrBefore(long millis) {
        return Math.floorDiv(millis, HOUR_MILLIS) * HOUR_MILLIS;
    }

    /** The first full hour after an instant, milliseconds UTC. */
    public static long after(long millis) {
        return atOrBefore(millis) + HOUR_MILLIS;
    }

    /** The first full hour at or after an instant, milliseconds UTC. */
    public static long atOrAfter(long millis) {
        return after(millis - 1);
    }
}
