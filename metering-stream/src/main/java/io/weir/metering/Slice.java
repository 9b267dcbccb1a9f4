package io.weir.metering;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A short while in which a step does what is due beside its records. The wall clock ends it, and decides nothing else. */
record Slice(long endNanos) implements BooleanSupplier {

    /** A slice that begins now. */
    static Slice of(Duration length) {
        return new Slice(System.nanoTime() + length.toNanos());
    }

    /** Whether it is over. */
    @Override
    public boolean getAsBoolean() {
        return System.nanoTime() - endNanos >= 0;
    }
}
