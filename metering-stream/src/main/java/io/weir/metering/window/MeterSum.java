package io.weir.metering.window;

import java.math.BigInteger;

/**
 * What one meter came to over some windows, and what it came from.
 *
 * @param meter the meter's name
 * @param peak whether the total is the largest value (MAX) instead of the sum (SUM)
 * @param total whole base units, 0 or more
 * @param events number of events with a reading of the meter
 * @param digest digest of their identities
 * @param firstIngestMillis ingest time of the first of them, milliseconds UTC
 * @param lastIngestMillis ingest time of the last of them, milliseconds UTC
 */
public record MeterSum(
        String meter,
        boolean peak,
        BigInteger total,
        long events,
        Digest digest,
        long firstIngestMillis,
        long lastIngestMillis) {

    /** Both together: added, or the larger one of a peak (rules.md §5). */
    public MeterSum plus(MeterSum other) {
        return new MeterSum(
                meter,
                peak,
                peak ? total.max(other.total) : total.add(other.total),
                events + other.events,
                digest.plus(other.digest),
                Math.min(firstIngestMillis, other.firstIngestMillis),
                Math.max(lastIngestMillis, other.lastIngestMillis));
    }
}
