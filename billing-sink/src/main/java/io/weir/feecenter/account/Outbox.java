package io.weir.feecenter.account;

import io.weir.billing.ControlRecord;
import io.weir.wire.JsonForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.jdbi.v3.core.Handle;

/** What {@code fee-center.control} has to be told, written down in the transaction in which it happens. */
public final class Outbox {

    private Outbox() {}

    /**
     * Adds a change behind all others. From here to its end, the transaction keeps others from adding: so the numbers have no gap
     * and say the order in which the transactions committed.
     *
     * @param handle in a transaction
     * @param key id of what changes, the record's key on the topic
     * @param change one of the changes of {@link ControlRecord}
     */
    static void add(Handle handle, Instant now, String key, SpecificRecord change) {
        ControlRecord record = new ControlRecord(change);
        handle.createUpdate("""
                        WITH number AS (UPDATE control_outbox_number SET last_seq = last_seq + 1 RETURNING last_seq)
                        INSERT INTO control_outbox (seq, record_key, record, said, recorded_at)
                        SELECT last_seq, :key, :record, :said, :now FROM number
                        """)
                .bind("key", key)
                .bind("record", bytes(record))
                .bind("said", JsonForm.of(record))
                .bind("now", now)
                .execute();
    }

    /** With the fingerprint of its schema, so that a later version can read what an earlier one wrote. */
    private static byte[] bytes(ControlRecord record) {
        try {
            ByteBuffer buffer = record.toByteBuffer();
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (IOException impossible) {
            throw new UncheckedIOException("a record in memory cannot fail to be written", impossible);
        }
    }
}
