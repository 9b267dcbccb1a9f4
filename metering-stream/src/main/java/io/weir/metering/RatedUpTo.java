package io.weir.metering;

import io.weir.metering.state.StateReader;
import io.weir.metering.state.StateWriter;

/**
 * How far a task has taken the control log into account.
 *
 * @param controlOffset offset up to which closed days were put on the agenda for what changed
 * @param hourMillis the full hour of the clock at which that was done, milliseconds UTC
 */
record RatedUpTo(long controlOffset, long hourMillis) {

    private static final int VERSION = 1;

    /** Before the first hour. */
    static final RatedUpTo NOTHING = new RatedUpTo(-1, Long.MIN_VALUE);

    static RatedUpTo restored(byte[] stored) {
        StateReader in = new StateReader(stored, VERSION);
        return new RatedUpTo(in.number(), in.number());
    }

    byte[] stored() {
        return new StateWriter(VERSION).number(controlOffset).number(hourMillis).bytes();
    }
}
