package io.weir.metering.simulation;

/** Counts the steps of all instances (a store read or written, a record forwarded, a phase of a commit), and lets one of them crash. */
final class Steps {

    private static final long NEVER = Long.MAX_VALUE;

    private long taken;
    private long crashAt = NEVER;

    /** One more step; dies if it is the one. */
    void step() {
        if (++taken == crashAt) {
            throw new Crash();
        }
    }

    /** The crash comes at the so-manieth step from now. */
    void crashAfter(long steps) {
        crashAt = taken + steps;
    }

    void crashNoMore() {
        crashAt = NEVER;
    }

    /** How many there were so far. */
    long taken() {
        return taken;
    }
}
