package io.weir.metering.simulation;

/** The partition has a new owner: what the old one wanted to commit is dropped. */
final class Fenced extends RuntimeException {

    private static final long serialVersionUID = 1;

    Fenced() {
        super("fenced", null, false, false);
    }
}
