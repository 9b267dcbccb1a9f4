package io.weir.metering;

/**
 * Lets the tasks of a thread take their slices in turn. However many of them have something due, records are handled at least
 * half of the time.
 */
final class Turns {

    private final long everyMillis;
    private final ThreadLocal<Long> lastMillis = new ThreadLocal<>();

    /**
     * @param everyMillis from one slice of a thread to its next
     */
    Turns(long everyMillis) {
        this.everyMillis = everyMillis;
    }

    /** Whether a slice may begin at this moment of the timer, in milliseconds; a timer that was set back begins anew. */
    boolean take(long nowMillis) {
        Long last = lastMillis.get();
        if (last != null && nowMillis >= last && nowMillis < last + everyMillis) {
            return false;
        }
        lastMillis.set(nowMillis);
        return true;
    }
}
