package io.weir.metering.simulation;

/** Sudden death of an instance, between two steps. */
final class Crash extends RuntimeException {

    private static final long serialVersionUID = 1;

    Crash() {
        super("crash", null, false, false);
    }
}
