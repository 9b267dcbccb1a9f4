package io.weir.feecenter.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Questions about what is held back, inside one transaction; the bytes are decoded as they would be on arrival. */
final class HeldBackQuery {

    private static final String HELD_BACK = """
            SELECT topic_partition, topic_offset, account_id, reason, detail, held_at, written_off, bytes
            FROM held_back_line WHERE %s ORDER BY topic_partition, topic_offset
            """;

    private final Handle handle;
    private final LineDecoder decoder;

    HeldBackQuery(Handle handle, LineDecoder decoder) {
        this.handle = handle;
        this.decoder = decoder;
    }

    /** Everything that is held back, also what was written off. */
    List<HeldBackLine> all() {
        return where("true", Map.of());
    }

    /** The lines of an account that are neither posted nor written off. */
    List<HeldBackLine> waitingOf(String accountId) {
        return where("account_id = :account AND NOT written_off", Map.of("account", accountId));
    }

    /** The record at this place, if it is neither posted nor written off. */
    Optional<HeldBackLine> waitingAt(int partition, long offset) {
        return where(
                        "topic_partition = :partition AND topic_offset = :offset AND NOT written_off",
                        Map.of("partition", partition, "offset", offset))
                .stream()
                .findFirst();
    }

    private List<HeldBackLine> where(String condition, Map<String, ?> values) {
        return handle.createQuery(HELD_BACK.formatted(condition))
                .bindMap(values)
                .map((row, context) -> heldBackLine(row))
                .list();
    }

    private HeldBackLine heldBackLine(ResultSet row) throws SQLException {
        int partition = row.getInt("topic_partition");
        long offset = row.getLong("topic_offset");
        return new HeldBackLine(
                partition,
                offset,
                row.getString("account_id"),
                HoldReason.valueOf(row.getString("reason")),
                row.getString("detail"),
                row.getTimestamp("held_at").toInstant(),
                row.getBoolean("written_off"),
                decoder.decodeAgain(partition, offset, row.getBytes("bytes")).line());
    }
}
