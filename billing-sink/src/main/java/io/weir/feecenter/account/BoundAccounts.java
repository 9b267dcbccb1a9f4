package io.weir.feecenter.account;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Which fee-center accounts pay for workspaces, asked within a transaction of somebody else. */
public final class BoundAccounts {

    private BoundAccounts() {}

    /** The account that is bound to a workspace now; nothing on the Free plan. */
    public static Optional<String> payer(Handle handle, String workspaceId) {
        return handle.createQuery("""
                        SELECT account_id FROM binding WHERE workspace_id = :workspace ORDER BY seq DESC LIMIT 1
                        """)
                .bind("workspace", workspaceId)
                .mapTo(String.class)
                .findOne();
    }

    /** Whether an account is bound to a workspace now: only commercial workspaces have a binding. */
    public static boolean paysForAny(Handle handle, String accountId) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT FROM binding AS newest WHERE account_id = :account
                            AND NOT EXISTS (SELECT FROM binding AS later
                                            WHERE later.workspace_id = newest.workspace_id AND later.seq > newest.seq))
                        """)
                .bind("account", accountId)
                .mapTo(Boolean.class)
                .one();
    }

    /**
     * What an account is billed in.
     *
     * @throws IllegalStateException if there is no such account
     */
    public static Currency currency(Handle handle, String accountId) {
        return handle.createQuery("SELECT currency FROM fee_center_account WHERE account_id = :account")
                .bind("account", accountId)
                .mapTo(Currency.class)
                .one();
    }
}
