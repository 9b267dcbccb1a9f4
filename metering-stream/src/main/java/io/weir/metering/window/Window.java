package io.weir.metering.window;

import java.time.LocalDate;

/**
 * One local hour of a site, half-open: the atom of metering (rules.md §2). Shorter where a zone's offset changes inside the
 * hour.
 *
 * @param startMillis first instant, milliseconds UTC
 * @param endMillis first instant after it, milliseconds UTC
 * @param day the billing day it belongs to: the local calendar day
 */
public record Window(long startMillis, long endMillis, LocalDate day) {

    /** Whether the instant lies in this window. */
    public boolean holds(long millis) {
        return startMillis <= millis && millis < endMillis;
    }
}
