package io.weir.feecenter.ledger;

import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The positions in the database, the only ones that count: Kafka's group offsets are neither read nor written. */
final class SinkPositions {

    private final Jdbi jdbi;

    SinkPositions(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Takes a partition up: from now on every older reader of it is a zombie.
     *
     * @param beginning where to start when nobody has read the partition before
     * @throws LedgerOfOtherTopic if this ledger has the lines of another topic; nothing was written
     */
    SinkPosition take(TopicPartition partition, long beginning) {
        return jdbi.inTransaction(handle -> {
            requireNoOther(handle, partition.topic());
            return take(handle, partition, beginning);
        });
    }

    private static void requireNoOther(Handle handle, String topic) {
        Optional<String> other = handle.createQuery("SELECT topic FROM sink_position WHERE topic <> :topic LIMIT 1")
                .bind("topic", topic)
                .mapTo(String.class)
                .findFirst();
        if (other.isPresent()) {
            throw new LedgerOfOtherTopic(other.get(), topic);
        }
    }

    private static SinkPosition take(Handle handle, TopicPartition partition, long beginning) {
        return handle.createQuery("""
                        INSERT INTO sink_position AS position
                               (topic, topic_partition, epoch, next_offset, lines_read, duplicate_lines)
                        VALUES (:topic, :partition, 1, :beginning, 0, 0)
                        ON CONFLICT (topic, topic_partition) DO UPDATE SET epoch = position.epoch + 1
                        RETURNING epoch, next_offset
                        """)
                .bind("topic", partition.topic())
                .bind("partition", partition.partition())
                .bind("beginning", beginning)
                .map((row, context) -> new SinkPosition(
                        partition.topic(), partition.partition(), row.getLong("epoch"), row.getLong("next_offset")))
                .one();
    }

    /**
     * Moves the position past a batch, and holds the row until the transaction ends, so that one partition has one writer.
     *
     * @throws PositionTaken if another reader has taken the partition up since
     */
    static void advance(Handle handle, Batch batch) {
        SinkPosition from = batch.from();
        int rows = handle.createUpdate("""
                        UPDATE sink_position SET next_offset = :next, lines_read = lines_read + :lines
                        WHERE topic = :topic AND topic_partition = :partition
                          AND next_offset = :expected AND epoch = :mine
                        """)
                .bind("topic", from.topic())
                .bind("partition", from.partition())
                .bind("expected", from.nextOffset())
                .bind("mine", from.epoch())
                .bind("next", batch.nextOffset())
                .bind("lines", batch.lines().size())
                .execute();
        if (rows == 0) {
            throw new PositionTaken(from);
        }
    }

    /** Keeps every reader from posting until the transaction ends. */
    static void holdAll(Handle handle) {
        handle.createQuery("""
                        SELECT topic_partition FROM sink_position ORDER BY topic_partition FOR UPDATE
                        """).mapTo(Integer.class).list();
    }

    /**
     * Makes sure that a reader's position is still the database's.
     *
     * @throws PositionTaken if it is not: another reader took the partition up, or the database was restored
     */
    void require(SinkPosition position) {
        long rows = jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT count(*) FROM sink_position
                        WHERE topic = :topic AND topic_partition = :partition
                          AND next_offset = :expected AND epoch = :mine
                        """)
                .bind("topic", position.topic())
                .bind("partition", position.partition())
                .bind("expected", position.nextOffset())
                .bind("mine", position.epoch())
                .mapTo(Long.class)
                .one());
        if (rows == 0) {
            throw new PositionTaken(position);
        }
    }

    /** Counts lines that the topic repeated. */
    static void countRepeats(Handle handle, SinkPosition position, int repeats) {
        handle.createUpdate("""
                        UPDATE sink_position SET duplicate_lines = duplicate_lines + :repeats
                        WHERE topic = :topic AND topic_partition = :partition
                        """)
                .bind("topic", position.topic())
                .bind("partition", position.partition())
                .bind("repeats", repeats)
                .execute();
    }
}
