package io.weir.feecenter.account;

import io.weir.billing.ControlRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.jdbi.v3.core.Handle;

/**
 * A change that the control log has to be told.
 *
 * @param seq its place, from 1, without a gap
 * @param recordKey key of the record
 * @param record as {@link Outbox} wrote it
 * @param sha256 hex digits of the digest of the record's bytes in the outbox, by which it is known again on the topic
 */
record OutboxRow(long seq, String recordKey, ControlRecord record, String sha256) {

    /** The rows behind this number, in order. */
    static List<OutboxRow> behind(Handle handle, long seq, int limit) {
        return handle.createQuery("""
                        SELECT seq, record_key, record FROM control_outbox WHERE seq > :seq ORDER BY seq LIMIT :limit
                        """)
                .bind("seq", seq)
                .bind("limit", limit)
                .map((row, context) -> of(row))
                .list();
    }

    static Optional<OutboxRow> find(Handle handle, long seq) {
        return behind(handle, seq - 1, 1).stream()
                .filter(row -> row.seq() == seq)
                .findFirst();
    }

    private static OutboxRow of(ResultSet row) throws SQLException {
        long seq = row.getLong("seq");
        byte[] bytes = row.getBytes("record");
        try {
            ControlRecord record = ControlRecord.fromByteBuffer(ByteBuffer.wrap(bytes));
            return new OutboxRow(seq, row.getString("record_key"), record, DigestUtils.sha256Hex(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("row %d of control_outbox is no control record".formatted(seq), e);
        }
    }
}
