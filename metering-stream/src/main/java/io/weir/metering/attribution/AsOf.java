package io.weir.metering.attribution;

import io.weir.metering.window.HourWindows;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What holds in a window, of facts that each count from an instant on: a fact dated inside a window counts from the next
 * one, so no window is split (rules.md §2, §6).
 *
 * @param hours the calendar of the workspace's site
 */
record AsOf(HourWindows hours) {

    /**
     * The fact with the latest effective window, as of a window's start.
     *
     * @param facts in order of recording
     * @param effectiveFromMillis the instant from which a fact counts
     * @param rank decides between facts that take effect in the same window: the highest counts, of equal ones the last
     */
    <F> Optional<F> latest(
            List<F> facts, ToLongFunction<F> effectiveFromMillis, ToLongFunction<F> rank, long startMillis) {
        Comparator<F> byWindow =
                Comparator.comparingLong(fact -> hours.firstStartFrom(effectiveFromMillis.applyAsLong(fact)));
        return facts.stream()
                .filter(fact -> effectiveFromMillis.applyAsLong(fact) <= startMillis)
                .reduce((one, later) -> byWindow.thenComparingLong(rank).compare(one, later) > 0 ? one : later);
    }
}
