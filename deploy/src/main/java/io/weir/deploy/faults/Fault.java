package io.weir.deploy.faults;

import java.time.Duration;

/**
 * One part fails once, and is started again.
 *
 * @param part what fails
 * @param instance which instance of it, counted from 0 and round again where there are fewer
 * @param blow how it fails
 * @param phase what the pipeline is about then
 * @param afterThousandths in {@code WRITING}, the share of the records that is written by then, in thousandths; else 1000
 * @param delay from there to the blow, so that it falls anywhere between two commits
 * @param down at least so long it is away
 */
record Fault(Part part, int instance, Blow blow, Phase phase, int afterThousandths, Duration delay, Duration down) {

    /** Number of records, of all that there are, after which it is due. */
    long dueAfter(long records) {
        return records * afterThousandths / 1000;
    }

    /** What fails, how and when. */
    String inWords() {
        String share = phase == Phase.WRITING ? " (%d %%)".formatted(afterThousandths / 10) : "";
        return part + " " + blow + " " + phase + share;
    }
}
