package io.weir.feecenter.settlement;

import io.weir.feecenter.ledger.LedgerDatabase;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Income and expense of an account: every movement of money in its wallet. */
public final class MovementQuery {

    private static final int BATCH = 1_000;

    private final Jdbi jdbi;

    /** Asks the database behind this source, with any role that may read it. */
    public MovementQuery(DataSource source) {
        this.jdbi = LedgerDatabase.jdbi(source);
    }

    /**
     * A page, the newest movement first.
     *
     * @param before the {@code movementId} with which the page before ended; null for the first page
     * @param limit at most so many
     */
    public List<MovementRow> page(String accountId, @Nullable Long before, int limit) {
        return jdbi.inTransaction(handle -> handle.createQuery("""
                        SELECT movement_id, kind, reference, moved_at, currency FROM movement
                        WHERE account_id = :account AND movement_id < :before ORDER BY movement_id DESC LIMIT :limit
                        """)
                .bind("account", accountId)
                .bind("before", before == null ? Long.MAX_VALUE : before)
                .bind("limit", limit)
                .map((row, context) -> new MovementRow(
                        row.getLong("movement_id"),
                        MovementKind.valueOf(row.getString("kind")),
                        row.getString("reference"),
                        row.getObject("moved_at", OffsetDateTime.class).toInstant(),
                        row.getString("currency"),
                        inflows(handle, row.getLong("movement_id"))))
                .list());
    }

    /** All movements in the order of the pages. They are read in batches, so that whoever takes them slowly holds no connection. */
    public void forEach(String accountId, Consumer<MovementRow> each) {
        List<MovementRow> batch = page(accountId, null, BATCH);
        batch.forEach(each);
        while (batch.size() == BATCH) {
            batch = page(accountId, batch.get(BATCH - 1).movementId(), BATCH);
            batch.forEach(each);
        }
    }

    private static Map<PurseKind, BigDecimal> inflows(Handle handle, long movement) {
        return handle.createQuery("""
                        SELECT book, sum(amount) AS amount FROM movement_posting
                        WHERE movement_id = :movement AND purse_id IS NOT NULL GROUP BY book
                        """)
                .bind("movement", movement)
                .reduceRows(new EnumMap<>(PurseKind.class), (inflows, row) -> {
                    inflows.put(
                            PurseKind.valueOf(row.getColumn("book", String.class)),
                            row.getColumn("amount", BigDecimal.class));
                    return inflows;
                });
    }
}
