package io.weir.feecenter.api;

import io.javalin.http.Context;
import io.weir.feecenter.account.ApiToken;
import io.weir.feecenter.account.Currency;
import io.weir.feecenter.account.FeeCenterAccount;
import io.weir.feecenter.account.FeeCenterAccounts;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** An account, and for what it pays. */
final class AccountEndpoints {

    private static final Listing<WorkspaceRow> WORKSPACES =
            new Listing<>(WorkspaceRow.class, """
            SELECT workspace_id, site, name, coalesce(cloud.method, 'FEE_CENTER') AS settlement_method,
                   effective_from AS paid_since
            FROM binding AS newest JOIN workspace USING (workspace_id) LEFT JOIN settlement_method AS chosen USING (workspace_id)
                LEFT JOIN cloud_account AS cloud ON cloud.cloud_account_id = chosen.cloud_account_id
                    AND cloud.account_id = newest.account_id AND cloud.ended_at IS NULL
            WHERE newest.account_id = :account <behind>
              AND NOT EXISTS (SELECT FROM binding AS later
                              WHERE later.workspace_id = newest.workspace_id AND later.seq > newest.seq)
            """, List.of(Key.text("workspace_id")), false, WorkspaceRow::place);

    private final FeeCenterAccounts accounts;
    private final Jdbi jdbi;

    AccountEndpoints(DataSource source, InstantSource clock) {
        this.accounts = new FeeCenterAccounts(source, clock);
        this.jdbi = Rows.of(source, WorkspaceRow.class);
    }

    /** What a program needs to know of its account; how to reach the people behind it is not among it. */
    record AccountRow(String accountId, String userName, Currency currency) {}

    AccountRow account(Context context, ApiToken caller) {
        Parameters.none(context);
        FeeCenterAccount account = accounts.find(caller.accountId()).orElseThrow();
        return new AccountRow(account.accountId(), account.userName(), account.currency());
    }

    Page<WorkspaceRow> workspaces(Context context, ApiToken caller) {
        Parameters asked = Parameters.ofList(context);
        return jdbi.withHandle(handle -> WORKSPACES.page(handle, asked, Map.of("account", caller.accountId())));
    }
}
