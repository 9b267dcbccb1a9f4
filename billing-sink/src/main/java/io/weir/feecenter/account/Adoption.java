package io.weir.feecenter.account;

import io.weir.billing.AccountChange;
import io.weir.billing.BindingChange;
import io.weir.billing.RetentionChange;
import io.weir.billing.WorkspaceChange;
import io.weir.wire.Secret;
import java.time.Instant;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up what others have told the control log, as {@code deploy/weir apply} does from files, so that accounts, workspaces and bindings are
 * the same here whichever way they came. What this fee center told the log itself is here already and stays as it is. Nobody can sign in
 * to an account from files, and nobody owns a workspace from files, before the operator has said who.
 */
public final class Adoption {

    private static final Logger LOG = LoggerFactory.getLogger(Adoption.class);

    private final Changes changes;

    /** Into the tables behind this source. */
    public Adoption(DataSource source) {
        this.changes = new Changes(source);
    }

    /**
     * Takes up one change of the control log, in its order, within the transaction that reads it.
     *
     * @param change of a {@link io.weir.billing.ControlRecord}; sites, catalogue and prices are nothing to accounts
     */
    public static void take(Handle handle, Object change, Instant now) {
        if (change instanceof AccountChange account) {
            take(handle, account, now);
        } else if (change instanceof WorkspaceChange workspace) {
            take(handle, workspace, now);
        } else if (change instanceof BindingChange binding) {
            take(handle, binding);
        } else if (change instanceof RetentionChange retention) {
            take(handle, retention, now);
        }
    }

    private static void take(Handle handle, AccountChange account, Instant now) {
        int taken = handle.createUpdate("""
                        INSERT INTO fee_center_account (account_id, user_name, currency, email, password_hash, created_at)
                        VALUES (:id, :user_name, :currency, '', '', :now) ON CONFLICT DO NOTHING
                        """)
                .bind("id", account.getAccountId())
                .bind("user_name", account.getUserName())
                .bind("currency", account.getCurrency())
                .bind("now", now)
                .execute();
        if (taken == 0
                && FeeCenterAccounts.find(handle, "account_id", account.getAccountId())
                        .isEmpty()) {
            LOG.warn(
                    "Account {} of the control log is not taken up: another account has its user name {}",
                    account.getAccountId(),
                    account.getUserName());
        }
    }

    /** It has no name of its own yet. */
    private static void take(Handle handle, WorkspaceChange workspace, Instant now) {
        handle.createUpdate("""
                        INSERT INTO workspace (workspace_id, site, name, plan, created_at)
                        VALUES (:id, :site, :id, 'FREE', :now) ON CONFLICT DO NOTHING
                        """)
                .bind("id", workspace.getWorkspaceId())
                .bind("site", workspace.getSite())
                .bind("now", now)
                .execute();
    }

    /** Whoever was ever paid for is commercial; the first binding with a number counts, as in metering. */
    private static void take(Handle handle, BindingChange binding) {
        int taken = handle.createUpdate("""
                        INSERT INTO binding (workspace_id, seq, account_id, effective_from)
                        SELECT workspace_id, :seq, :account, :effective_from FROM workspace
                        WHERE workspace_id = :workspace
                          AND (CAST(:account AS text) IS NULL OR EXISTS (SELECT FROM fee_center_account WHERE account_id = :account))
                        ON CONFLICT DO NOTHING
                        """)
                .bind("workspace", binding.getWorkspaceId())
                .bind("seq", binding.getSeq())
                .bind("account", binding.getAccountId())
                .bind("effective_from", binding.getEffectiveFrom())
                .execute();
        if (taken > 0 && binding.getAccountId() != null) {
            Workspaces.makeCommercial(handle, binding.getWorkspaceId());
        }
    }

    private static void take(Handle handle, RetentionChange retention, Instant now) {
        handle.createUpdate("""
                        INSERT INTO retention_setting (workspace_id, category, resource, days, effective_from, set_at)
                        SELECT workspace_id, :category, :resource, :days, :effective_from, :now FROM workspace
                        WHERE workspace_id = :workspace AND NOT EXISTS (
                            SELECT FROM retention_setting WHERE workspace_id = :workspace AND category = :category
                              AND resource = :resource AND days = :days AND effective_from = :effective_from)
                        """)
                .bind("workspace", retention.getWorkspaceId())
                .bind("category", retention.getCategory())
                .bind("resource", retention.getResource())
                .bind("days", retention.getDays())
                .bind("effective_from", retention.getEffectiveFrom())
                .bind("now", now)
                .execute();
    }

    /**
     * Lets somebody sign in to an account that came from files; for the operator, who knows whose it is.
     *
     * @param email the present e-mail address, to which codes go from now on
     * @param password the first one
     * @throws AccountRefused {@link Refusal#NOT_FOUND} if there is no such account, or somebody can sign in to it already
     */
    public void giveAccess(String accountId, String email, Secret password) {
        String address = Contact.email(email);
        String hash = Passwords.hash(password);
        int given = changes.make(handle -> handle.createUpdate("""
                        UPDATE fee_center_account SET email = :email, password_hash = :hash
                        WHERE account_id = :account AND email = ''
                        """)
                .bind("email", address)
                .bind("hash", hash)
                .bind("account", accountId)
                .execute());
        requireOne(given, "account %s is unknown, or somebody can sign in to it already".formatted(accountId));
    }

    /**
     * Gives a workspace that came from files its owner and its name; for the operator, who knows whose it is.
     *
     * @param consoleAccountId of the workspace's site
     * @throws AccountRefused {@link Refusal#NOT_FOUND} if there is no such workspace on the account's site, it has an owner, or was
     *     dissolved
     */
    public void giveOwner(String workspaceId, String consoleAccountId, String name) {
        String called = Contact.name(name);
        changes.make(handle -> {
            int given = handle.createUpdate("""
                            INSERT INTO workspace_member (workspace_id, console_account_id, site, role)
                            SELECT workspace_id, console_account_id, site, 'OWNER'
                            FROM workspace JOIN console_account USING (site)
                            WHERE workspace_id = :workspace AND console_account_id = :owner
                              AND NOT EXISTS (SELECT FROM dissolution WHERE workspace_id = :workspace)
                            ON CONFLICT DO NOTHING
                            """)
                    .bind("workspace", workspaceId)
                    .bind("owner", consoleAccountId)
                    .execute();
            requireOne(
                    given, "workspace %s is not on the site of this account, or has an owner".formatted(workspaceId));
            return handle.createUpdate("UPDATE workspace SET name = :name WHERE workspace_id = :workspace")
                    .bind("name", called)
                    .bind("workspace", workspaceId)
                    .execute();
        });
    }

    private static void requireOne(int changed, String otherwise) {
        if (changed == 0) {
            throw new AccountRefused(Refusal.NOT_FOUND, otherwise);
        }
    }
}
