package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * A bill line and what paid for it (fee-center-rules.md §7). A line that is not settled yet is open.
 *
 * @param lineId its id, and where the next page begins
 * @param workspaceName null for a workspace that is known from lines only
 * @param site null likewise
 * @param retentionDays in days; null for items without one
 * @param revision 0 for the first line of its charge; later ones correct it
 * @param quantity this line's own difference, in base units of the item
 * @param listAmount what the price list says; there are no discounts, so it is what is payable
 * @param payable this line's own difference, in {@code currency}
 * @param paidBy all zero while the line is open
 * @param method how it was settled; null while it is open
 * @param cloudAccount the customer's id in the cloud; null unless a cloud account settled it
 * @param settledAt null while it is open
 */
public record DailyDetail(
        String lineId,
        LocalDate day,
        String accountId,
        String workspaceId,
        @Nullable String workspaceName,
        @Nullable String site,
        String resource,
        String item,
        @Nullable Integer retentionDays,
        int revision,
        BigDecimal quantity,
        BigDecimal listAmount,
        BigDecimal payable,
        PaidBy paidBy,
        String currency,
        @Nullable SettlementMethod method,
        @Nullable String cloudAccount,
        @Nullable Instant settledAt) {

    /** Whether it is not settled yet. */
    public boolean isOpen() {
        return settledAt == null;
    }

    static DailyDetail of(ResultSet row, StatementContext context) throws SQLException {
        String method = row.getString("method");
        return new DailyDetail(
                row.getString("line_id"),
                row.getObject("day", LocalDate.class),
                row.getString("account_id"),
                row.getString("workspace_id"),
                row.getString("workspace_name"),
                row.getString("site"),
                row.getString("resource"),
                row.getString("item"),
                row.getObject("retention_days", Integer.class),
                row.getInt("revision"),
                row.getBigDecimal("quantity"),
                row.getBigDecimal("list_amount"),
                row.getBigDecimal("payable"),
                PaidBy.of(row),
                row.getString("currency"),
                method == null ? null : SettlementMethod.valueOf(method),
                row.getString("customer_identifier"),
                OpenWallet.instant(row, "settled_at"));
    }
}
