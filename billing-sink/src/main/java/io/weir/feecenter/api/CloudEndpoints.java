package io.weir.feecenter.api;

import io.javalin.http.Context;
import io.weir.feecenter.account.ApiToken;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** The cloud accounts that an account registered, and what is due from them. */
final class CloudEndpoints {

    private static final Listing<CloudAccountRow> ACCOUNTS = new Listing<>(
            CloudAccountRow.class, """
            SELECT cloud_account_id, cloud.method AS settlement_method, cloud.customer_identifier, registered_at, ended_at,
                   coalesce(due, 0) AS due, wallet.currency
            FROM cloud_account AS cloud JOIN wallet ON wallet.account_id = cloud.account_id
                LEFT JOIN cloud_amount_due USING (cloud_account_id)
            WHERE cloud.account_id = :account <behind>
            """, List.of(Key.number("cloud_account_id")), false, CloudAccountRow::place);

    private static final Listing<CloudDueRow> DUES = new Listing<>(
            CloudDueRow.class,
            """
            SELECT day, cloud_account_id, cloud.method AS settlement_method, customer_identifier, workspace_id,
                   coalesce(sum(amount) FILTER (WHERE amount > 0), 0) AS charged,
                   coalesce(sum(amount) FILTER (WHERE amount < 0), 0) AS set_off, sum(amount) AS due, currency, count(*) AS lines
            FROM cloud_line JOIN cloud_account AS cloud USING (cloud_account_id)
            WHERE cloud_line.account_id = :account AND day BETWEEN :first AND :last
              AND (CAST(:workspace AS text) IS NULL OR workspace_id = :workspace) <behind>
            GROUP BY day, cloud_account_id, cloud.method, customer_identifier, workspace_id, currency
            """,
            List.of(Key.day("day"), Key.number("cloud_account_id"), Key.text("workspace_id")),
            false,
            CloudDueRow::place);

    private final Jdbi jdbi;

    CloudEndpoints(DataSource source) {
        this.jdbi = Rows.of(source, CloudAccountRow.class, CloudDueRow.class);
    }

    Page<CloudAccountRow> accounts(Context context, ApiToken caller) {
        Parameters asked = Parameters.ofList(context);
        return jdbi.withHandle(handle -> ACCOUNTS.page(handle, asked, Map.of("account", caller.accountId())));
    }

    Page<CloudDueRow> dues(Context context, ApiToken caller) {
        Parameters asked = Parameters.ofList(context, "first", "last", "workspace");
        Map<String, Object> values = new HashMap<>();
        values.put("account", caller.accountId());
        values.put("first", asked.day("first", Parameters.FIRST_DAY));
        values.put("last", asked.day("last", Parameters.LAST_DAY));
        values.put("workspace", asked.id("workspace").orElse(null));
        return jdbi.withHandle(handle -> DUES.page(handle, asked, values));
    }
}
