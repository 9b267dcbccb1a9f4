package io.weir.feecenter.account;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * How far the outbox is known to be published.
 *
 * @param publishedSeq the last number that stands on the topic; 0 if none
 * @param nextOffset the offset behind its record; what was published later is not before that
 */
record OutboxPosition(long publishedSeq, long nextOffset) {

    /** Nothing, if another fee center publishes right now; else the others wait until the transaction ends. */
    static Optional<OutboxPosition> take(Handle handle) {
        return handle.createQuery("""
                        SELECT published_seq, next_offset FROM control_outbox_position FOR UPDATE SKIP LOCKED
                        """)
                .map(ConstructorMapper.of(OutboxPosition.class))
                .findOne();
    }

    void mark(Handle handle) {
        handle.createUpdate(
                        "UPDATE control_outbox_position SET published_seq = :publishedSeq, next_offset = :nextOffset")
                .bind("publishedSeq", publishedSeq)
                .bind("nextOffset", nextOffset)
                .execute();
    }
}
