package io.weir.deploy.audit;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/** What one resource used in one window. */
final class WindowTotal {

    private final Map<String, BigInteger> byMeter = new TreeMap<>();
    private long events;
    private long dueMillis = Long.MIN_VALUE;

    /** Counts an event after which the window is to be published when the clock is there. */
    void countEvent(long dueMillis) {
        events++;
        this.dueMillis = Math.max(this.dueMillis, dueMillis);
    }

    /** Adds a reading, or keeps the largest one of a peak (rules.md §5). */
    void add(String meter, boolean peak, BigInteger quantity) {
        byMeter.merge(meter, quantity, peak ? BigInteger::max : BigInteger::add);
    }

    /** A published total: so many events, and this total of a meter. */
    void publish(long events, Map<String, BigInteger> totals) {
        this.events = events;
        byMeter.clear();
        byMeter.putAll(totals);
    }

    long events() {
        return events;
    }

    Map<String, BigInteger> byMeter() {
        return byMeter;
    }

    /** The clock at which all that is counted here is on {@code metered-usage}, milliseconds UTC. */
    long dueMillis() {
        return dueMillis;
    }
}
