package io.weir.feecenter.settlement;

import io.weir.feecenter.account.AccountRefused;
import io.weir.feecenter.account.Role;
import io.weir.feecenter.account.Workspaces;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of workspaces (fee-center-rules.md §5): one for each item and one for the total, in each currency. An owner or administrator sets
 * them. An alert goes off once; to set it again, changed or not, makes it ready again.
 */
public final class HighConsumptionAlerts {

    private final Jdbi jdbi;
    private final InstantSource clock;

    /** Over the ledger's database. */
    public HighConsumptionAlerts(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Sets an alert, in the place of the one for the same item and currency.
     *
     * @param by a console account
     * @throws AccountRefused if {@code by} is neither owner nor administrator, or one of the chosen is no member
     */
    public void set(HighConsumptionAlert alert, String by) {
        jdbi.useTransaction(handle -> {
            Workspaces.require(handle, alert.workspaceId(), by, Role.ADMINISTRATOR);
            alert.members().forEach(member -> Workspaces.require(handle, alert.workspaceId(), member, Role.MEMBER));
            write(handle, alert, by);
        });
    }

    private void write(Handle handle, HighConsumptionAlert alert, String by) {
        handle.createUpdate("""
                        INSERT INTO high_consumption_alert (workspace_id, item, currency, threshold, members, set_by, set_at)
                        VALUES (:workspace, :item, :currency, :threshold, :members, :by, :now)
                        ON CONFLICT (workspace_id, item, currency) DO UPDATE SET threshold = EXCLUDED.threshold,
                            members = EXCLUDED.members, set_by = EXCLUDED.set_by, set_at = EXCLUDED.set_at, alerted_day = NULL
                        """)
                .bind("workspace", alert.workspaceId())
                .bind("item", alert.onlyItem().orElse(""))
                .bind("currency", alert.currency())
                .bind("threshold", alert.threshold())
                .bindArray("members", String.class, alert.members())
                .bind("by", by)
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .execute();
    }

    /**
     * Removes an alert, if there is one.
     *
     * @param item null for that on all items together
     * @throws AccountRefused if {@code by} is neither owner nor administrator
     */
    public void remove(String workspaceId, @Nullable String item, String currency, String by) {
        jdbi.useTransaction(handle -> {
            Workspaces.require(handle, workspaceId, by, Role.ADMINISTRATOR);
            handle.createUpdate("""
                            DELETE FROM high_consumption_alert
                            WHERE workspace_id = :workspace AND item = :item AND currency = :currency
                            """)
                    .bind("workspace", workspaceId)
                    .bind("item", item == null ? "" : item)
                    .bind("currency", currency)
                    .execute();
        });
    }

    /**
     * The alerts of a workspace, that on all items first.
     *
     * @throws AccountRefused if {@code by} is neither owner nor administrator
     */
    public List<HighConsumptionAlert> of(String workspaceId, String by) {
        return jdbi.inTransaction(handle -> {
            Workspaces.require(handle, workspaceId, by, Role.ADMINISTRATOR);
            return handle.createQuery("""
                            SELECT * FROM high_consumption_alert WHERE workspace_id = :workspace
                            ORDER BY item COLLATE "C", currency
                            """)
                    .bind("workspace", workspaceId)
                    .map(HighConsumptionAlerts::alert)
                    .list();
        });
    }

    /**
     * An alert as the account sees it that pays.
     *
     * @param item null for all items together
     * @param members how many get the mail beside the owner: chosen, and still in the workspace
     * @param alertedDay the day that made it go off; null while it has not
     */
    public record Watch(
            String workspaceId,
            String name,
            @Nullable String item,
            BigDecimal threshold,
            int members,
            @Nullable LocalDate alertedDay) {}

    /** The alerts in this currency on the workspaces for which an account pays now, by the workspaces' names. */
    public List<Watch> ofPayer(String accountId, String currency) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT workspace_id, name, nullif(item, '') AS item, threshold, alerted_day,
                            (SELECT count(*) FROM workspace_member AS chosen
                             WHERE chosen.workspace_id = alert.workspace_id AND chosen.role <> 'OWNER'
                               AND chosen.console_account_id = ANY(alert.members)) AS members
                        FROM high_consumption_alert AS alert JOIN workspace USING (workspace_id)
                        WHERE currency = :currency AND :account = (SELECT account_id FROM binding
                            WHERE binding.workspace_id = workspace.workspace_id ORDER BY seq DESC LIMIT 1)
                        ORDER BY name, workspace_id, item NULLS FIRST
                        """)
                .bind("account", accountId)
                .bind("currency", currency)
                .map(ConstructorMapper.of(Watch.class))
                .list());
    }

    static HighConsumptionAlert alert(ResultSet row, StatementContext context) throws SQLException {
        String item = row.getString("item");
        Array members = row.getArray("members");
        return new HighConsumptionAlert(
                row.getString("workspace_id"),
                item.isEmpty() ? null : item,
                row.getString("currency"),
                row.getBigDecimal("threshold"),
                List.of((String[]) members.getArray()));
    }
}
