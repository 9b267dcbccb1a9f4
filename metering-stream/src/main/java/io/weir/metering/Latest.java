package io.weir.metering;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What a step last said of each partition that is at hand here. A task that was fenced may speak once more after it has gone, when
 * another has the partition already; it is not heard.
 *
 * @param <T> what is said
 */
final class Latest<T> {

    private final Map<Integer, Said<T>> byPartition = new ConcurrentSkipListMap<>();

    private record Said<T>(Object by, T what) {
        private boolean isBy(Object step) {
            return by == step;
        }
    }

    /** The partition is here now; this step of its task speaks for it. */
    void arrived(int partition, Object step, T what) {
        byPartition.put(partition, new Said<>(step, what));
    }

    /** The step has something new to say of its partition. */
    void tell(int partition, Object step, T what) {
        byPartition.computeIfPresent(partition, (any, said) -> said.isBy(step) ? new Said<>(step, what) : said);
    }

    /** The step's task has left the instance. */
    void gone(int partition, Object step) {
        byPartition.computeIfPresent(partition, (any, said) -> said.isBy(step) ? null : said);
    }

    /** What was last said of a partition; empty if it is not here. */
    Optional<T> of(int partition) {
        return Optional.ofNullable(byPartition.get(partition)).map(Said::what);
    }

    /** What was last said of each partition that is here. */
    SortedMap<Integer, T> all() {
        SortedMap<Integer, T> all = new TreeMap<>();
        byPartition.forEach((partition, said) -> all.put(partition, said.what()));
        return all;
    }
}
