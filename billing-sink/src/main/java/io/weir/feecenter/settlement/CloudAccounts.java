package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The cloud accounts that pay for workspaces, what they owe, and what follows when they end (fee-center-rules.md §4). */
public final class CloudAccounts {

    private final Jdbi jdbi;
    private final InstantSource clock;

    /** Over the ledger's database. */
    public CloudAccounts(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Registers a cloud account for a fee-center account.
     *
     * @throws org.jdbi.v3.core.JdbiException if this customer is registered already and has not ended
     */
    public CloudAccount register(String accountId, String currency, SettlementMethod cloud, String customer) {
        return jdbi.inTransaction(handle -> register(handle, accountId, currency, cloud, customer, clock.instant()));
    }

    /** Registers within a transaction. */
    static CloudAccount register(
            Handle handle, String accountId, String currency, SettlementMethod cloud, String customer, Instant now) {
        OpenWallet.lock(handle, accountId, currency, now);
        return handle.createQuery("""
                            INSERT INTO cloud_account (account_id, method, customer_identifier, registered_at)
                            VALUES (:account, :method, :customer, :now) RETURNING *
                            """)
                .bind("account", accountId)
                .bind("method", cloud.name())
                .bind("customer", customer)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .map(SettlementMethods::cloudAccount)
                .one();
    }

    /**
     * The cloud account was unsubscribed in its cloud. Its workspaces go back to the fee center; those of Alibaba Cloud stay open,
     * those of every other cloud are locked.
     *
     * @return the workspaces it paid for; empty if it had ended before
     */
    public List<String> unsubscribe(CloudAccount cloud) {
        return end(cloud, cloud.method() != SettlementMethod.ALIYUN);
    }

    /** The cloud account releases its workspaces: they go back to the fee center and stay open. */
    public List<String> release(CloudAccount cloud) {
        return end(cloud, false);
    }

    private List<String> end(CloudAccount cloud, boolean lock) {
        Instant now = clock.instant();
        return jdbi.inTransaction(handle -> {
            int ended = handle.createUpdate("""
                            UPDATE cloud_account SET ended_at = :now WHERE cloud_account_id = :cloud AND ended_at IS NULL
                            """)
                    .bind("now", now.atOffset(ZoneOffset.UTC))
                    .bind("cloud", cloud.id())
                    .execute();
            List<String> workspaces = ended == 0 ? List.of() : workspaces(handle, cloud);
            workspaces.forEach(workspace -> goBack(handle, workspace, cloud, lock, now));
            return workspaces;
        });
    }

    private static List<String> workspaces(Handle handle, CloudAccount cloud) {
        return handle.createQuery("""
                        SELECT workspace_id FROM settlement_method WHERE cloud_account_id = :cloud ORDER BY workspace_id
                        """)
                .bind("cloud", cloud.id())
                .mapTo(String.class)
                .list();
    }

    private static void goBack(Handle handle, String workspace, CloudAccount cloud, boolean lock, Instant now) {
        hold(handle, workspace);
        SettlementMethods.add(handle, workspace, null, "CLOUD_ENDED", null, now);
        if (lock) {
            handle.createUpdate("""
                            INSERT INTO workspace_lock (workspace_id, cloud_account_id, locked_at)
                            VALUES (:workspace, :cloud, :now) ON CONFLICT DO NOTHING
                            """)
                    .bind("workspace", workspace)
                    .bind("cloud", cloud.id())
                    .bind("now", now.atOffset(ZoneOffset.UTC))
                    .execute();
        }
        Notices.add(handle, cloud.accountId(), workspace, Notices.Kind.CLOUD_ENDED, now);
    }

    /** Unlocks a workspace whose cloud account had ended; false if it was not locked. */
    public boolean unlock(String workspaceId) {
        return jdbi.withHandle(handle -> unlock(handle, workspaceId, clock.instant()));
    }

    static boolean unlock(Handle handle, String workspaceId, Instant now) {
        return handle.createUpdate("""
                                UPDATE workspace_lock SET unlocked_at = :now
                                WHERE workspace_id = :workspace AND unlocked_at IS NULL
                                """)
                        .bind("now", now.atOffset(ZoneOffset.UTC))
                        .bind("workspace", workspaceId)
                        .execute()
                > 0;
    }

    /** Whether the workspace is locked because its cloud account ended. */
    public boolean isLocked(String workspaceId) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT EXISTS (SELECT FROM workspace_lock WHERE workspace_id = :workspace AND unlocked_at IS NULL)")
                .bind("workspace", workspaceId)
                .mapTo(Boolean.class)
                .one());
    }

    /** The living cloud accounts of a fee-center account, in order of registration. */
    public List<CloudAccount> registered(String accountId) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT * FROM cloud_account WHERE account_id = :account AND ended_at IS NULL ORDER BY cloud_account_id
                        """)
                .bind("account", accountId)
                .map(SettlementMethods::cloudAccount)
                .list());
    }

    /** What is due from a cloud account, in its fee-center account's currency; negative is a credit for later days. */
    public BigDecimal due(CloudAccount cloud) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT due FROM cloud_amount_due WHERE cloud_account_id = :cloud")
                        .bind("cloud", cloud.id())
                        .mapTo(BigDecimal.class)
                        .findOne()
                        .orElse(BigDecimal.ZERO));
    }

    /** One of the living cloud accounts, held until the transaction ends so that it cannot end before. */
    static Optional<CloudAccount> living(Handle handle, String accountId, @Nullable Long cloudAccountId) {
        return handle.createQuery("""
                        SELECT * FROM cloud_account
                        WHERE cloud_account_id = :cloud AND account_id = :account AND ended_at IS NULL FOR UPDATE
                        """)
                .bind("cloud", cloudAccountId)
                .bind("account", accountId)
                .map(SettlementMethods::cloudAccount)
                .findOne();
    }

    /** Holds the choice of one workspace until the transaction ends. */
    static void hold(Handle handle, String workspaceId) {
        handle.createQuery("SELECT pg_advisory_xact_lock(hashtextextended(:workspace, 4))::text")
                .bind("workspace", workspaceId)
                .mapTo(String.class)
                .list();
    }
}
