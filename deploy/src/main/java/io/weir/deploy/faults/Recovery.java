package io.weir.deploy.faults;

import java.time.Duration;

/**
 * How a fault went by.
 *
 * @param fault what failed
 * @param interrupted whether it struck work that was under way
 * @param time from the start of the part, or its thaw, until the pipeline had done something new everywhere
 */
record Recovery(Fault fault, boolean interrupted, Duration time) {

    /** The fault, and how long it took to recover, in seconds. */
    String inWords() {
        return "%s%s: back after %.1f s"
                .formatted(fault.inWords(), interrupted ? "" : ", when all was done", time.toMillis() / 1e3);
    }
}
