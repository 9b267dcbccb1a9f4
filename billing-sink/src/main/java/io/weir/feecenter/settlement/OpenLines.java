package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Asks the ledger what is open, who pays for it, and what was paid before. */
final class OpenLines {

    /** The lines of one charge, of which {@code line} is one. */
    private static final String SAME_CHARGE = """
            earlier.account_id = line.account_id AND earlier.day = line.day AND earlier.workspace_id = line.workspace_id
            AND earlier.resource = line.resource AND earlier.item = line.item
            AND earlier.retention_days IS NOT DISTINCT FROM line.retention_days AND earlier.revision < line.revision
            """;

    private final Handle handle;

    OpenLines(Handle handle) {
        this.handle = handle;
    }

    /** The account days that have open lines and ended by this instant, in order. */
    List<AccountDay> days(Instant passed) {
        return handle
                .createQuery("""
                        SELECT DISTINCT line.account_id, line.day, zone.zone
                        FROM open_line JOIN bill_line AS line USING (line_id)
                            JOIN workspace_zone AS zone USING (workspace_id)
                        ORDER BY line.day, line.account_id
                        """)
                .map((row, context) -> new ZonedDay(
                        new AccountDay(row.getString("account_id"), row.getObject("day", LocalDate.class)),
                        ZoneId.of(row.getString("zone"))))
                .stream()
                .filter(day -> !OpenLine.endOf(day.day().day(), day.zone()).isAfter(passed))
                .map(ZonedDay::day)
                .distinct()
                .toList();
    }

    private record ZonedDay(AccountDay day, ZoneId zone) {}

    /** The currency of an account's lines; nothing if it has none. */
    Optional<String> currency(String accountId) {
        return handle.createQuery("SELECT currency FROM ledger_account WHERE account_id = :account")
                .bind("account", accountId)
                .mapTo(String.class)
                .findOne();
    }

    /** The open lines of an account's day in workspaces where it ended by this instant; each charge in order of revision. */
    List<OpenLine> of(AccountDay day, Instant passed) {
        return handle
                .createQuery("""
                        SELECT line.*, zone.zone FROM bill_line AS line JOIN workspace_zone AS zone USING (workspace_id)
                        WHERE line.account_id = :account AND line.day = :day
                          AND NOT EXISTS (SELECT FROM settled_line AS settled WHERE settled.line_id = line.line_id)
                        ORDER BY line.workspace_id COLLATE "C", line.resource COLLATE "C", line.item COLLATE "C",
                            line.retention_days NULLS FIRST, line.revision
                        """)
                .bind("account", day.accountId())
                .bind("day", day.day())
                .map(OpenLine::of)
                .stream()
                .filter(line -> !line.dayEnd().isAfter(passed))
                .toList();
    }

    /** Sum of the account's settled lines whose days are in the calendar month of this one. */
    BigDecimal settledInMonthOf(AccountDay day) {
        LocalDate first = day.day().withDayOfMonth(1);
        return handle.createQuery("""
                        SELECT coalesce(sum(line.amount), 0) FROM bill_line AS line JOIN settled_line USING (line_id)
                        WHERE line.account_id = :account AND line.day >= :first AND line.day < :next
                        """)
                .bind("account", day.accountId())
                .bind("first", first)
                .bind("next", first.plusMonths(1))
                .mapTo(BigDecimal.class)
                .one();
    }

    /** Who pays for the line's workspace as of now; a cloud account only while it lives. */
    Payer payerNow(OpenLine line) {
        return payer(line, "SELECT cloud_account_id FROM settlement_method WHERE workspace_id = :workspace");
    }

    /** Who paid for the first line of a correction's charge; a cloud account only while it lives. */
    Payer payerOfCharge(OpenLine line) {
        return payer(
                line,
                "SELECT settled.cloud_account_id FROM bill_line AS line JOIN bill_line AS earlier ON " + SAME_CHARGE
                        + " JOIN settled_line AS settled ON settled.line_id = earlier.line_id"
                        + " WHERE line.line_id = :line AND earlier.revision = 0");
    }

    private Payer payer(OpenLine line, String chosen) {
        return handle.createQuery("SELECT cloud_account_id, method FROM cloud_account WHERE account_id = :account"
                        + " AND ended_at IS NULL AND cloud_account_id = (" + chosen + ")")
                .bind("account", line.accountId())
                .bind("workspace", line.workspaceId())
                .bind("line", line.lineId())
                .map((row, context) ->
                        new Payer(SettlementMethod.valueOf(row.getString("method")), row.getLong("cloud_account_id")))
                .findOne()
                .orElse(Payer.FEE_CENTER);
    }

    /** What each purse paid for the lines before of the same charge, less what it got back. */
    Map<Long, BigDecimal> paidBefore(OpenLine line) {
        return handle.createQuery("SELECT posting.purse_id, -sum(posting.amount) AS paid FROM bill_line AS line"
                        + " JOIN bill_line AS earlier ON " + SAME_CHARGE
                        + " JOIN settled_line AS settled ON settled.line_id = earlier.line_id"
                        + " JOIN movement_posting AS posting USING (movement_id)"
                        + " WHERE line.line_id = :line AND posting.purse_id IS NOT NULL GROUP BY posting.purse_id")
                .bind("line", line.lineId())
                .reduceRows(new HashMap<>(), (paid, row) -> {
                    paid.put(row.getColumn("purse_id", Long.class), row.getColumn("paid", BigDecimal.class));
                    return paid;
                });
    }
}
