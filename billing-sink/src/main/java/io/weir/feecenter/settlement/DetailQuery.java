package io.weir.feecenter.settlement;

import io.weir.feecenter.ledger.LedgerDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Daily details and their sums (fee-center-rules.md §7): every line of the ledger with what paid for it. It changes nothing. */
public final class DetailQuery {

    /** The order within a day. */
    private static final String KEY = """
            workspace_id COLLATE "C", item COLLATE "C", resource COLLATE "C", coalesce(retention_days, -1),
            account_id COLLATE "C", revision""";

    /** Behind that line in the order; the first condition alone is enough for an index. */
    private static final String AFTER = """
             AND day <= (SELECT day FROM bill_line WHERE line_id = :after)
             AND (day < (SELECT day FROM bill_line WHERE line_id = :after)
                  OR (%s) > (SELECT %s FROM bill_line WHERE line_id = :after))
            """.formatted(KEY, KEY);

    /**
     * What {@code line_detail} says line by line, with one look at the postings instead of one for each line. A line that is settled is paid to the
     * cent, so what nobody has paid is open.
     */
    private static final String SUMS = """
            WITH chosen AS (
                SELECT %s AS key, currency, amount, line_id FROM bill_line LEFT JOIN workspace USING (workspace_id) WHERE %s),
            charged AS (SELECT key, currency, count(*) AS lines, sum(amount) AS payable FROM chosen GROUP BY key, currency),
            paid AS (
                SELECT key, chosen.currency, book, -sum(posting.amount) AS amount
                FROM chosen JOIN settled_line USING (line_id) JOIN movement_posting AS posting USING (movement_id)
                WHERE purse_id IS NOT NULL GROUP BY key, chosen.currency, book)
            SELECT key, currency, lines, payable,
                   coalesce(sum(amount) FILTER (WHERE book IN ('VOUCHER', 'THRESHOLD_VOUCHER')), 0) AS voucher,
                   coalesce(sum(amount) FILTER (WHERE book = 'CARD'), 0) AS card,
                   coalesce(sum(amount) FILTER (WHERE book = 'CASH'), 0) AS cash,
                   coalesce(sum(amount) FILTER (WHERE book = 'CLOUD'), 0) AS cloud,
                   coalesce(sum(amount) FILTER (WHERE book = 'DEBT'), 0) AS owed, payable - coalesce(sum(amount), 0) AS open
            FROM charged LEFT JOIN paid USING (key, currency)
            GROUP BY key, currency, lines, payable ORDER BY key COLLATE "C", currency
            """;

    private final Jdbi jdbi;

    /** Asks the database behind this source, with any role that may read it. */
    public DetailQuery(DataSource source) {
        this.jdbi = LedgerDatabase.jdbi(source);
    }

    /**
     * A page, the newest day first; within a day by workspace, item, resource, retention, account and revision.
     *
     * @param after the {@code lineId} with which the page before ended; null for the first page
     * @param limit at most so many
     */
    public List<DailyDetail> page(DetailFilter filter, @Nullable String after, int limit) {
        Map<String, Object> values = filter.values();
        values.put("limit", limit);
        if (after != null) {
            values.put("after", after);
        }
        String behind = after == null ? "" : AFTER;
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM line_detail WHERE " + filter.where() + behind
                        + " ORDER BY day DESC, " + KEY + " LIMIT :limit")
                .bindMap(values)
                .map(DailyDetail::of)
                .list());
    }

    /** All lines in the order of the pages, read in batches. */
    public void forEach(DetailFilter filter, Consumer<DailyDetail> each) {
        Batches.forEach((after, limit) -> page(filter, after, limit), DailyDetail::lineId, each);
    }

    /** Sums in the order of what they are of, each currency by itself; days, months and ids in the order of their characters. */
    public List<DetailSum> sums(DetailFilter filter, DetailGrouping by) {
        return jdbi.inTransaction(handle -> {
            // a plan for any days is three times as slow as one for these
            handle.execute("SET LOCAL plan_cache_mode = force_custom_plan");
            return handle.createQuery(SUMS.formatted(by.key(), filter.where()))
                    .bindMap(filter.values())
                    .map(DetailQuery::sum)
                    .list();
        });
    }

    private static DetailSum sum(ResultSet row, StatementContext context) throws SQLException {
        return new DetailSum(
                row.getString("key"),
                row.getString("currency"),
                row.getLong("lines"),
                row.getBigDecimal("payable"),
                PaidBy.of(row),
                row.getBigDecimal("open"));
    }
}
