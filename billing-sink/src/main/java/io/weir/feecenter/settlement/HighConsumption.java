package io.weir.feecenter.settlement;

import io.weir.feecenter.account.AccountMail;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Looks, within the transaction that settles a day, whether its net bill is above the threshold of an alert that has not gone off. */
final class HighConsumption {

    private HighConsumption() {}

    /**
     * Sends the alerts of the workspaces that have one of these lines.
     *
     * @param lines settled just now in this transaction, all of one account's day
     */
    static void check(Handle handle, AccountDay day, String currency, List<OpenLine> lines, Instant now) {
        List<String> workspaces =
                lines.stream().map(OpenLine::workspaceId).distinct().toList();
        for (HighConsumptionAlert alert : ready(handle, workspaces, currency)) {
            BigDecimal bill = bill(handle, alert, day.day());
            if (bill.compareTo(alert.threshold()) > 0) {
                send(handle, alert, day, bill, now);
            }
        }
    }

    /** They are held first: when two accounts settle one day of a workspace, the second one sees what the first one settled. */
    private static List<HighConsumptionAlert> ready(Handle handle, List<String> workspaces, String currency) {
        return handle.createQuery("""
                        SELECT * FROM high_consumption_alert
                        WHERE workspace_id = ANY(:workspaces) AND currency = :currency AND alerted_day IS NULL
                        ORDER BY workspace_id, item FOR UPDATE
                        """)
                .bindArray("workspaces", String.class, workspaces)
                .bind("currency", currency)
                .map(HighConsumptionAlerts::alert)
                .list();
    }

    private static BigDecimal bill(Handle handle, HighConsumptionAlert alert, LocalDate day) {
        return handle.createQuery("""
                        SELECT coalesce(sum(line.amount), 0) FROM bill_line AS line JOIN settled_line USING (line_id)
                        WHERE line.workspace_id = :workspace AND line.day = :day AND line.currency = :currency
                          AND (:item = '' OR line.item = :item)
                        """)
                .bind("workspace", alert.workspaceId())
                .bind("day", day)
                .bind("currency", alert.currency())
                .bind("item", alert.onlyItem().orElse(""))
                .mapTo(BigDecimal.class)
                .one();
    }

    private static void send(Handle handle, HighConsumptionAlert alert, AccountDay day, BigDecimal bill, Instant now) {
        handle.createUpdate("""
                        UPDATE high_consumption_alert SET alerted_day = :day
                        WHERE workspace_id = :workspace AND item = :item AND currency = :currency
                        """)
                .bind("day", day.day())
                .bind("workspace", alert.workspaceId())
                .bind("item", alert.onlyItem().orElse(""))
                .bind("currency", alert.currency())
                .execute();
        AccountMail.toMembers(
                handle,
                now,
                day.accountId(),
                alert.workspaceId(),
                alert.members(),
                alert.onlyItem().isPresent() ? "alert.item" : "alert.total",
                day.day().toString(),
                Amounts.text(bill, alert.currency()),
                Amounts.text(alert.threshold(), alert.currency()),
                alert.onlyItem().orElse(""));
    }
}
