package io.weir.feecenter.ledger;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * What the log of a partition holds now.
 *
 * @param beginning offset of its first record
 * @param end offset behind its last committed record
 */
record LogRange(long beginning, long end) {

    static LogRange of(Consumer<?, ?> consumer, TopicPartition partition) {
        return new LogRange(
                only(consumer.beginningOffsets(Set.of(partition))), only(consumer.endOffsets(Set.of(partition))));
    }

    private static long only(Map<TopicPartition, Long> offsets) {
        return Objects.requireNonNull(offsets.values().iterator().next());
    }

    /**
     * Makes sure that reading can go on from this position.
     *
     * @throws PositionOutsideLog if it cannot
     */
    void require(SinkPosition position) {
        if (position.nextOffset() < beginning || position.nextOffset() > end) {
            throw new PositionOutsideLog(position, this);
        }
    }
}
