package io.weir.metering.simulation;

/**
 * Something that is not as it must be.
 *
 * @param kind what kind of thing
 * @param what the first that differs
 */
record Difference(Kind kind, String what) {

    /** Which promise is broken. */
    enum Kind {
        /** At each commit, as many outcomes as records. */
        CONSERVATION,
        /** The outcome of each record. */
        OUTCOMES,
        /** What all lines add up to. */
        NET_BILL,
        /** What is held in the end. */
        HELD,
        /** Each line once, its revisions without gap, its net what its group comes to. */
        REVISIONS,
        /** With the control history complete first: the same bytes as without faults. */
        BYTES,
        /** After a report that all lines of a day are issued, no line closes it. */
        PROGRESS
    }
}
