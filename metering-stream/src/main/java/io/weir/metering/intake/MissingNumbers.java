package io.weir.metering.intake;

import io.weir.usage.MissingRun;
import java.util.List;

/**
 * The numbers of a source below some bound that were not accepted.
 *
 * @param runs the first runs of them, at most 1,000, ascending
 * @param runCount how many runs there are in all
 * @param numbers how many numbers there are in all
 * @param last the highest of them; −1 if there is none
 */
record MissingNumbers(List<MissingRun> runs, long runCount, long numbers, long last) {

    /** As many runs as stand in a report. */
    static final int MOST_RUNS = 1_000;
}
