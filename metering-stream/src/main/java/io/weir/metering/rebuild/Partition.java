package io.weir.metering.rebuild;

import io.weir.metering.intake.CatchUp;

/**
 * What is on one partition of {@code usage-events}, and how far the old stream had come with it.
 *
 * @param partition its number
 * @param firstOffset offset of the first record that is still there
 * @param firstIngestMillis ingest time of that record, milliseconds UTC; −1 if there is none
 * @param endOffset offset behind the last record
 * @param lastIngestMillis largest ingest time of a record, milliseconds UTC; −1 if there is none
 * @param processedTo records before this offset were processed by the old stream; 0 if it left no position
 * @param reportedMillis up to this clock the old stream has issued all that was due; {@link CatchUp#NOTHING_REPORTED} if it
 *     has not said so
 */
record Partition(
        int partition,
        long firstOffset,
        long firstIngestMillis,
        long endOffset,
        long lastIngestMillis,
        long processedTo,
        long reportedMillis) {

    boolean hasReported() {
        return reportedMillis != CatchUp.NOTHING_REPORTED;
    }

    /** Whether no record was deleted from its beginning. */
    boolean isWhole() {
        return firstOffset == 0;
    }
}
