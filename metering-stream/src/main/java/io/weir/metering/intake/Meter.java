package io.weir.metering.intake;

import java.nio.charset.StandardCharsets;

/** A raw counter that producers report (rules.md §1); its aggregation never changes, its limit may. */
public final class Meter extends ByteTable.Entry {

    private final String meter;
    private final boolean peak;
    private long limitPerEvent;

    Meter(String meter, boolean peak, long limitPerEvent) {
        super(meter.getBytes(StandardCharsets.UTF_8));
        this.meter = meter.intern();
        this.peak = peak;
        this.limitPerEvent = limitPerEvent;
    }

    /** The meter's name, interned, so that it can be compared by identity. */
    public String meter() {
        return meter;
    }

    /** Whether a window keeps the largest value (MAX) instead of the sum (SUM). */
    public boolean peak() {
        return peak;
    }

    long limitPerEvent() {
        return limitPerEvent;
    }

    void limitPerEvent(long limit) {
        limitPerEvent = limit;
    }
}
