package io.weir.deploy.scenario;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * How far the clocks must be moved after the last record, so that every day closes and every correction is issued.
 *
 * @param lastIngest the largest ingest time of the usage, at which a day may be in the middle
 */
public record Ending(Instant lastIngest) {

    /** Usage may be dated five minutes ahead (rules.md §3, check 9), and a day may have 25 hours. */
    private static final Duration LONGEST_OPEN = Duration.ofMinutes(5).plusHours(25);

    /** An open day and its grace period with a day to spare. */
    private static final Duration ALL_CLOSED = Duration.ofDays(3);

    /** No day that ends later than this has usage. */
    public Instant usageEndsBy() {
        return lastIngest.plus(LONGEST_OPEN);
    }

    /** Two full hours: at the first every day with usage is closed, at the next what has still to be corrected is issued. */
    public List<Instant> heartbeats() {
        Instant closing = lastIngest.plus(ALL_CLOSED).truncatedTo(ChronoUnit.HOURS);
        return List.of(closing, closing.plus(1, ChronoUnit.HOURS));
    }

    /** The clock of every partition in the end. */
    public Instant finalClock() {
        return heartbeats().get(1);
    }
}
