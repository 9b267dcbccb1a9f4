package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * A bill line that stands in the ledger and is not settled.
 *
 * @param lineId its id, as in the ledger
 * @param accountId who pays
 * @param workspaceId where the usage arose
 * @param item what is charged
 * @param revision 0 for the first line of its charge
 * @param day its billing day
 * @param amount in the currency; negative if something is given back
 * @param currency the account's
 * @param zone of the workspace's site
 */
record OpenLine(
        String lineId,
        String accountId,
        String workspaceId,
        String item,
        int revision,
        LocalDate day,
        BigDecimal amount,
        String currency,
        ZoneId zone) {

    static OpenLine of(ResultSet row, StatementContext context) throws SQLException {
        return new OpenLine(
                row.getString("line_id"),
                row.getString("account_id"),
                row.getString("workspace_id"),
                row.getString("item"),
                row.getInt("revision"),
                row.getObject("day", LocalDate.class),
                row.getBigDecimal("amount"),
                row.getString("currency"),
                ZoneId.of(row.getString("zone")));
    }

    /** Whether it corrects lines before it. */
    boolean isCorrection() {
        return revision > 0;
    }

    /** When its billing day ended: the first instant of the next local day. */
    Instant dayEnd() {
        return endOf(day, zone);
    }

    static Instant endOf(LocalDate day, ZoneId zone) {
        return day.plusDays(1).atStartOfDay(zone).toInstant();
    }
}
