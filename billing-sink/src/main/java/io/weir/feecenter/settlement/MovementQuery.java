package io.weir.feecenter.settlement;

import io.weir.feecenter.ledger.LedgerDatabase;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/** Income and expense of an account: every movement of money in its wallet. */
public final class MovementQuery {

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
    public List<MovementRow> page(MovementFilter filter, @Nullable Long before, int limit) {
        return jdbi.withHandle(handle ->
                List.copyOf(filter.bind(handle.createQuery("""
                        SELECT movement_id, kind, reference, moved_at, movement.currency, book, sum(amount) AS amount
                        FROM (SELECT * FROM movement WHERE %s AND movement_id < :before
                              ORDER BY movement_id DESC LIMIT :limit) AS movement
                            LEFT JOIN (SELECT movement_id, book, amount FROM movement_posting WHERE purse_id IS NOT NULL) AS posting
                                USING (movement_id)
                        GROUP BY movement_id, kind, reference, moved_at, movement.currency, book ORDER BY movement_id DESC
                        """.formatted(MovementFilter.WHERE)))
                        .bind("before", before == null ? Long.MAX_VALUE : before)
                        .bind("limit", limit)
                        .reduceRows(new LinkedHashMap<Long, MovementRow>(), (movements, row) -> {
                            movements.merge(row.getColumn("movement_id", Long.class), movement(row), MovementRow::with);
                            return movements;
                        })
                        .values()));
    }

    /** The movement with what came into one kind of purse, or none. */
    private static MovementRow movement(RowView row) {
        String book = row.getColumn("book", String.class);
        return new MovementRow(
                row.getColumn("movement_id", Long.class),
                MovementKind.valueOf(row.getColumn("kind", String.class)),
                row.getColumn("reference", String.class),
                row.getColumn("moved_at", OffsetDateTime.class).toInstant(),
                row.getColumn("currency", String.class),
                book == null ? Map.of() : Map.of(PurseKind.valueOf(book), row.getColumn("amount", BigDecimal.class)));
    }

    /** All of them in the order of the pages, read in batches. */
    public void forEach(MovementFilter filter, Consumer<MovementRow> each) {
        Batches.forEach((before, limit) -> page(filter, before, limit), MovementRow::movementId, each);
    }
}
