package io.weir.feecenter.usage;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** How far each partition is copied. Whoever copies moves the position first, so that of several fee centers one copies a record. */
final class CopyPositions {

    private CopyPositions() {}

    /** Offset of the first record that is not copied; nothing if the partition was never read. */
    static Optional<Long> find(Handle handle, String topic, int partition) {
        return handle.createQuery("""
                        SELECT next_offset FROM usage_position WHERE topic = :topic AND topic_partition = :partition
                        """)
                .bind("topic", topic)
                .bind("partition", partition)
                .mapTo(Long.class)
                .findOne();
    }

    /** Begins a partition at this offset, unless it has begun. */
    static void begin(Handle handle, String topic, int partition, long offset) {
        handle.createUpdate("""
                        INSERT INTO usage_position (topic, topic_partition, next_offset) VALUES (:topic, :partition, :offset)
                        ON CONFLICT DO NOTHING
                        """)
                .bind("topic", topic)
                .bind("partition", partition)
                .bind("offset", offset)
                .execute();
    }

    /** Moves the position and holds it until the transaction ends; false if another fee center has moved it. */
    static boolean move(Handle handle, String topic, int partition, long from, long to) {
        return handle.createUpdate("""
                        UPDATE usage_position SET next_offset = :to
                        WHERE topic = :topic AND topic_partition = :partition AND next_offset = :from
                        """)
                        .bind("topic", topic)
                        .bind("partition", partition)
                        .bind("from", from)
                        .bind("to", to)
                        .execute()
                == 1;
    }
}
