package io.weir.feecenter.settlement;

import io.weir.feecenter.account.BoundAccounts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * How workspaces are settled (fee-center-rules.md §4). A choice counts for the lines that are settled after it; lines that are settled
 * keep theirs. A workspace without a choice is settled with its fee-center account.
 */
public final class SettlementMethods {

    private final Jdbi jdbi;
    private final InstantSource clock;

    /** Over the ledger's database. */
    public SettlementMethods(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Binds a workspace that was opened from a marketplace to that cloud account; nothing but an account of that cloud may follow. */
    public void openFromMarketplace(String workspaceId, CloudAccount cloud) {
        jdbi.useTransaction(handle -> add(handle, workspaceId, cloud, "MARKETPLACE", null, clock.instant()));
    }

    /**
     * Switches a workspace, which also ends its lock, or the days of grace before it, if its cloud account had ended.
     *
     * @param accountId the fee-center account that pays for the workspace now
     * @param zone of the workspace's site, in which months are counted
     * @param cloudAccountId who pays from now on; null for the fee-center account
     * @return why not, or nothing if it is done
     */
    public Optional<SwitchRefused> choose(
            String workspaceId, String accountId, ZoneId zone, @Nullable Long cloudAccountId) {
        return jdbi.inTransaction(handle -> {
            CloudAccounts.hold(handle, workspaceId);
            CloudAccount cloud =
                    CloudAccounts.living(handle, accountId, cloudAccountId).orElse(null);
            LocalDate month = LocalDate.ofInstant(clock.instant(), zone).withDayOfMonth(1);
            Optional<SwitchRefused> refused = cloudAccountId != null && cloud == null
                    ? Optional.of(SwitchRefused.NO_SUCH_CLOUD_ACCOUNT)
                    : refusal(handle, workspaceId, accountId, cloud, month);
            if (refused.isEmpty()) {
                add(handle, workspaceId, cloud, "CHOSEN", month, clock.instant());
                WorkspaceLocks.end(handle, workspaceId, clock.instant());
            }
            return refused;
        });
    }

    private static Optional<SwitchRefused> refusal(
            Handle handle, String workspaceId, String accountId, @Nullable CloudAccount to, LocalDate month) {
        if (!BoundAccounts.payer(handle, workspaceId).equals(Optional.of(accountId))) {
            return Optional.of(SwitchRefused.NOT_PAYING);
        }
        Optional<SettlementMethod> only = marketplace(handle, workspaceId);
        if (only.isPresent() && (to == null || to.method() != only.get())) {
            return Optional.of(SwitchRefused.MARKETPLACE_ONLY);
        }
        if (paying(handle, workspaceId, accountId).isPresent()) {
            return Optional.of(SwitchRefused.LOCKED_IN);
        }
        boolean switched = strings(handle, workspaceId, """
                        SELECT month::text FROM settlement_choice WHERE workspace_id = :workspace AND month IS NOT NULL
                        """).contains(month.toString());
        return switched ? Optional.of(SwitchRefused.ONCE_A_MONTH) : Optional.empty();
    }

    /** The cloud that pays: chosen, not ended, and of the account that pays now. */
    private static Optional<SettlementMethod> paying(Handle handle, String workspaceId, String accountId) {
        return handle.createQuery("""
                        SELECT method FROM cloud_account JOIN settlement_method USING (cloud_account_id, method)
                        WHERE workspace_id = :workspace AND account_id = :account AND ended_at IS NULL
                        """)
                .bind("workspace", workspaceId)
                .bind("account", accountId)
                .mapTo(SettlementMethod.class)
                .findOne();
    }

    private static List<String> strings(Handle handle, String workspaceId, String query) {
        return handle.createQuery(query)
                .bind("workspace", workspaceId)
                .mapTo(String.class)
                .list();
    }

    /** The cloud from whose marketplace a workspace was opened, which is all that may be chosen for it; nothing for others. */
    Optional<SettlementMethod> marketplace(String workspaceId) {
        return jdbi.withHandle(handle -> marketplace(handle, workspaceId));
    }

    private static Optional<SettlementMethod> marketplace(Handle handle, String workspaceId) {
        return strings(handle, workspaceId, """
                SELECT DISTINCT method FROM settlement_choice WHERE workspace_id = :workspace AND cause = 'MARKETPLACE'
                """).stream().findFirst().map(SettlementMethod::valueOf);
    }

    /** The method by which the workspace's next lines are settled. */
    public SettlementMethod now(String workspaceId) {
        return jdbi.withHandle(handle -> BoundAccounts.payer(handle, workspaceId)
                .flatMap(account -> paying(handle, workspaceId, account))
                .orElse(SettlementMethod.FEE_CENTER));
    }

    /** The workspaces for which an account pays now, by their names, with the method of each. */
    public List<PaidWorkspace> ofAccount(String accountId) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT workspace_id, workspace.site, workspace.name, newest.effective_from AS bound_since,
                               coalesce(cloud.method, 'FEE_CENTER') AS method, cloud.customer_identifier,
                               (SELECT locked_at FROM workspace_lock AS lock
                                WHERE lock.workspace_id = newest.workspace_id AND unlocked_at IS NULL) AS locked_from
                        FROM binding AS newest JOIN workspace USING (workspace_id)
                            LEFT JOIN LATERAL (
                                SELECT cloud_account_id FROM settlement_choice AS choice
                                WHERE choice.workspace_id = newest.workspace_id ORDER BY choice_id DESC LIMIT 1) AS chosen ON true
                            LEFT JOIN cloud_account AS cloud
                                ON cloud.cloud_account_id = chosen.cloud_account_id AND cloud.ended_at IS NULL
                                    AND cloud.account_id = newest.account_id
                        WHERE newest.account_id = :account
                          AND NOT EXISTS (SELECT FROM binding AS later
                                          WHERE later.workspace_id = newest.workspace_id AND later.seq > newest.seq)
                        ORDER BY workspace.name, workspace_id
                        """)
                .bind("account", accountId)
                .map(ConstructorMapper.of(PaidWorkspace.class))
                .list());
    }

    static void add(
            Handle handle,
            String workspaceId,
            @Nullable CloudAccount cloud,
            String cause,
            @Nullable LocalDate month,
            Instant now) {
        handle.createUpdate("""
                        INSERT INTO settlement_choice (workspace_id, method, cloud_account_id, cause, month, chosen_at)
                        VALUES (:workspace, :method, :cloud, :cause, :month, :now)
                        """)
                .bind("workspace", workspaceId)
                .bind("method", (cloud == null ? SettlementMethod.FEE_CENTER : cloud.method()).name())
                .bind("cloud", cloud == null ? null : cloud.id())
                .bind("cause", cause)
                .bind("month", month)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .execute();
    }

    static CloudAccount cloudAccount(ResultSet row, StatementContext context) throws SQLException {
        return new CloudAccount(
                row.getLong("cloud_account_id"),
                row.getString("account_id"),
                SettlementMethod.valueOf(row.getString("method")),
                row.getString("customer_identifier"));
    }
}
