package io.weir.metering.window;

import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many things are due at which instant, for whoever watches. There are few instants, however many workspaces: the ends of
 * days, and full hours.
 */
public final class DueInstants {

    private final TreeMap<Long, Long> countByMillis = new TreeMap<>();

    /** One thing is due at another instant than before, milliseconds UTC; null where it was or is not due at all. */
    void move(@Nullable Long fromMillis, @Nullable Long toMillis) {
        if (fromMillis != null) {
            countByMillis.computeIfPresent(fromMillis, (instant, count) -> count == 1 ? null : count - 1);
        }
        if (toMillis != null) {
            countByMillis.merge(toMillis, 1L, Long::sum);
        }
    }

    /** How many things there are. */
    public long count() {
        return sum(countByMillis.values());
    }

    /** How many of them are due at this clock, milliseconds UTC. */
    public long countUpTo(long clockMillis) {
        return sum(countByMillis.headMap(clockMillis, true).values());
    }

    /** The earliest instant, milliseconds UTC; empty if there is nothing. */
    public OptionalLong first() {
        return countByMillis.isEmpty() ? OptionalLong.empty() : OptionalLong.of(countByMillis.firstKey());
    }

    private static long sum(Iterable<Long> counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}
