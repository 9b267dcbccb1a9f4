package io.weir.feecenter.ledger;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** What may be asked of the ledger from outside; it changes nothing. */
public final class BillQuery {

    private final Jdbi jdbi;

    /** Asks the ledger behind this source, with any role that may read it. */
    public BillQuery(DataSource source) {
        jdbi = LedgerDatabase.jdbi(source);
    }

    /**
     * What one account owes for one item of one resource on one day, net of all corrections.
     *
     * @param retentionDays in days; null for items without one
     * @param quantity base units of the item
     * @param amount in {@code currency}
     */
    public record BillRow(
            LocalDate day,
            String accountId,
            String workspaceId,
            String resource,
            String item,
            @Nullable Integer retentionDays,
            BigDecimal quantity,
            BigDecimal amount,
            String currency) {

        /** The columns of {@code bill.csv} as text (rules.md §9). */
        public List<String> columns() {
            return List.of(
                    day.toString(),
                    accountId,
                    workspaceId,
                    resource,
                    item,
                    Objects.toString(retentionDays, ""),
                    quantity.stripTrailingZeros().toPlainString(),
                    amount.setScale(2).toPlainString(),
                    currency);
        }
    }

    /**
     * The sums of one currency: {@code lines} equals {@code receivable}, and {@code imbalance} is zero.
     *
     * @param lines sum of the amounts of all lines
     * @param receivable what all accounts owe
     * @param revenue what was earned, a credit, so negative
     * @param imbalance sum of all postings
     */
    public record CheckSum(
            String currency, BigDecimal lines, BigDecimal receivable, BigDecimal revenue, BigDecimal imbalance) {}

    /**
     * Where the lines of one partition of the topic went: read = posted + held back + repeated.
     *
     * @param nextOffset offset of the first record that has not been read
     * @param linesRead records read
     * @param posted lines in the ledger
     * @param heldBack records put aside
     * @param duplicateLines repeats of lines in the ledger
     */
    public record Conservation(
            int topicPartition, long nextOffset, long linesRead, long posted, long heldBack, long duplicateLines) {}

    /** The net bill, sorted as {@code bill.csv} is (rules.md §9). */
    public List<BillRow> bill() {
        return bill(null, null, null);
    }

    /**
     * A part of the net bill, sorted alike.
     *
     * @param accountId of this account; null: of all
     * @param first of this day and later ones; null: from the first
     * @param last of this day and earlier ones; null: to the last
     */
    public List<BillRow> bill(@Nullable String accountId, @Nullable LocalDate first, @Nullable LocalDate last) {
        return jdbi.withHandle(handle -> handle.registerRowMapper(ConstructorMapper.factory(BillRow.class))
                .createQuery("""
                SELECT day, account_id, workspace_id, resource, item, retention_days, quantity, amount, currency FROM bill
                WHERE (CAST(:account AS text) IS NULL OR account_id = :account)
                  AND day BETWEEN coalesce(:first, DATE '-infinity') AND coalesce(:last, DATE 'infinity')
                ORDER BY day, account_id COLLATE "C", workspace_id COLLATE "C", resource COLLATE "C", item COLLATE "C",
                         coalesce(retention_days::text, '') COLLATE "C"
                """)
                .bindByType("account", accountId, String.class)
                .bindByType("first", first, LocalDate.class)
                .bindByType("last", last, LocalDate.class)
                .mapTo(BillRow.class)
                .list());
    }

    /** The check sums of each currency that was billed in. */
    public List<CheckSum> checkSums() {
        return all(
                CheckSum.class, "SELECT currency, lines, receivable, revenue, imbalance FROM trial_balance ORDER BY 1");
    }

    /** Where the lines of each partition went. */
    public List<Conservation> conservation() {
        return all(Conservation.class, """
                SELECT topic_partition, next_offset, lines_read, posted, held_back, duplicate_lines FROM conservation
                ORDER BY topic_partition
                """);
    }

    private <T> List<T> all(Class<T> row, String query) {
        return jdbi.withHandle(handle -> handle.registerRowMapper(ConstructorMapper.factory(row))
                .createQuery(query)
                .mapTo(row)
                .list());
    }
}
