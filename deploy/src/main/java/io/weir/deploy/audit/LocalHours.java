package io.weir.deploy.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * The windows of a site (rules.md §2): its local hours, cut where its offset changes.
 *
 * @param rules the rules of the site's time zone
 */
record LocalHours(ZoneRules rules) {

    /**
     * One window, half-open.
     *
     * @param startMillis first instant, milliseconds UTC
     * @param endMillis first instant after it, milliseconds UTC
     */
    record Window(long startMillis, long endMillis) {
        boolean holds(long millis) {
            return startMillis <= millis && millis < endMillis;
        }
    }

    /** The window that holds this instant. */
    Window at(long millis) {
        Instant instant = Instant.ofEpochMilli(millis);
        ZoneOffset offset = rules.getOffset(instant);
        Instant hour = instant.atOffset(offset).truncatedTo(ChronoUnit.HOURS).toInstant();
        ZoneOffsetTransition before = rules.previousTransition(instant.plusNanos(1));
        ZoneOffsetTransition after = rules.nextTransition(instant);
        long start = hour.toEpochMilli();
        long end = hour.plus(1, ChronoUnit.HOURS).toEpochMilli();
        return new Window(
                before == null ? start : Math.max(start, before.getInstant().toEpochMilli()),
                after == null ? end : Math.min(end, after.getInstant().toEpochMilli()));
    }

    /** The billing day of the window that starts at this instant. */
    LocalDate dayOf(long startMillis) {
        Instant start = Instant.ofEpochMilli(startMillis);
        return LocalDate.ofInstant(start, rules.getOffset(start));
    }
}
