package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The cloud accounts that pay for workspaces, and what they owe (fee-center-rules.md §4). */
public final class CloudAccounts {

    private static final Pattern CUSTOMER = Pattern.compile("[A-Za-z0-9_.:/-]{1,128}");

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

    /** Whether this can be the id of an account in a cloud. */
    static boolean isCustomer(String customer) {
        return CUSTOMER.matcher(customer).matches();
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

    /** Ends a cloud account: it pays for nothing more. False if it had ended before. */
    static boolean end(Handle handle, CloudAccount cloud, Instant now) {
        return handle.createUpdate("""
                                UPDATE cloud_account SET ended_at = :now WHERE cloud_account_id = :cloud AND ended_at IS NULL
                                """)
                        .bind("now", now.atOffset(ZoneOffset.UTC))
                        .bind("cloud", cloud.id())
                        .execute()
                > 0;
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

    /** The cloud account with this number, also one that has ended. */
    public Optional<CloudAccount> find(long cloudAccountId) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT * FROM cloud_account WHERE cloud_account_id = :cloud")
                        .bind("cloud", cloudAccountId)
                        .map(SettlementMethods::cloudAccount)
                        .findOne());
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

    /** Holds the cloud account that was chosen last for a workspace, if one was, so that it does not end meanwhile. */
    static void holdChosen(Handle handle, String workspaceId) {
        handle.createQuery("""
                        SELECT cloud_account_id FROM cloud_account WHERE cloud_account_id = (
                            SELECT cloud_account_id FROM settlement_method WHERE workspace_id = :workspace) FOR UPDATE
                        """).bind("workspace", workspaceId).mapTo(Long.class).list();
    }

    /** Holds the choice of one workspace until the transaction ends. */
    static void hold(Handle handle, String workspaceId) {
        handle.createQuery("SELECT pg_advisory_xact_lock(hashtextextended(:workspace, 4))::text")
                .bind("workspace", workspaceId)
                .mapTo(String.class)
                .list();
    }
}
