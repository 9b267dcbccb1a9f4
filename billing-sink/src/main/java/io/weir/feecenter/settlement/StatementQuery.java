package io.weir.feecenter.settlement;

import io.weir.feecenter.ledger.LedgerDatabase;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Monthly statements as they were issued (fee-center-rules.md §5), with their sums and lines. It changes nothing. */
public final class StatementQuery {

    /** The order of the lines. */
    private static final String KEY = """
            day, workspace_id COLLATE "C", item COLLATE "C", resource COLLATE "C", coalesce(retention_days, -1), revision""";

    /** Behind that line in the order; the first condition alone is enough for an index. */
    private static final String AFTER = """
             AND day >= (SELECT day FROM bill_line WHERE line_id = :after)
             AND (%s) > (SELECT %s FROM bill_line WHERE line_id = :after)
            """.formatted(KEY, KEY);

    private final Jdbi jdbi;

    /** Asks the database behind this source, with any role that may read it. */
    public StatementQuery(DataSource source) {
        this.jdbi = LedgerDatabase.jdbi(source);
    }

    /** The statements of an account, the oldest first. */
    public List<MonthlyStatement> of(String accountId) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT * FROM statement WHERE account_id = :account ORDER BY month")
                .bind("account", accountId)
                .map((row, context) -> new MonthlyStatement(
                        row.getString("number"),
                        accountId,
                        YearMonth.from(row.getObject("month", LocalDate.class)),
                        row.getBigDecimal("amount"),
                        row.getString("currency"),
                        shares(handle, row.getLong("statement_id")),
                        row.getObject("issued_at", OffsetDateTime.class).toInstant()))
                .list());
    }

    private static Map<PurseKind, BigDecimal> shares(Handle handle, long statementId) {
        return handle.createQuery("SELECT kind, amount FROM statement_share WHERE statement_id = :statement")
                .bind("statement", statementId)
                .reduceRows(new EnumMap<>(PurseKind.class), (shares, row) -> {
                    shares.put(
                            PurseKind.valueOf(row.getColumn("kind", String.class)),
                            row.getColumn("amount", BigDecimal.class));
                    return shares;
                });
    }

    /** The statement with this number, if it is the account's. */
    public Optional<MonthlyStatement> find(String accountId, String number) {
        return of(accountId).stream()
                .filter(statement -> statement.number().equals(number))
                .findFirst();
    }

    /** What each workspace comes to on a statement, by their names. */
    public List<StatementSum> sums(String number) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        WITH charged AS (
                            SELECT workspace_id, count(*) AS lines, sum(line.amount) AS amount,
                                   coalesce(sum(line.amount) FILTER (WHERE stated.day < issued.month), 0) AS adjustments
                            FROM statement AS issued JOIN statement_line AS stated USING (statement_id) JOIN bill_line AS line USING (line_id)
                            WHERE number = :number GROUP BY workspace_id)
                        SELECT workspace_id, coalesce(workspace.name, workspace_id) AS name, lines, amount, adjustments
                        FROM charged LEFT JOIN workspace USING (workspace_id) ORDER BY 2, 1
                        """)
                .bind("number", number)
                .map(ConstructorMapper.of(StatementSum.class))
                .list());
    }

    /**
     * A page of its lines by day, workspace, item, resource, retention and revision; none for a number that is not given out.
     *
     * @param after the {@code lineId} with which the page before ended; null for the first page
     * @param limit at most so many
     */
    public List<StatementLine> lines(String number, @Nullable String after, int limit) {
        return jdbi.withHandle(handle -> {
            Query query = handle.createQuery("""
                    SELECT day, workspace_id, workspace.name AS workspace_name, resource, item, retention_days, revision, quantity,
                           amount, method, adjustment, line_id
                    FROM statement_detail LEFT JOIN workspace USING (workspace_id)
                    WHERE statement_id = (SELECT statement_id FROM statement WHERE number = :number) <behind>
                    ORDER BY <key> LIMIT :limit
                    """)
                    .define("behind", after == null ? "" : AFTER)
                    .define("key", KEY)
                    .bind("number", number)
                    .bind("limit", limit);
            return (after == null ? query : query.bind("after", after))
                    .map(ConstructorMapper.of(StatementLine.class))
                    .list();
        });
    }

    /** All its lines in the order of the pages, read in batches. */
    public void forEachLine(String number, Consumer<StatementLine> each) {
        Batches.forEach((after, limit) -> lines(number, after, limit), StatementLine::lineId, each);
    }
}
