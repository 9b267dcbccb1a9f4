package io.weir.feecenter.settlement;

import io.weir.feecenter.ledger.LedgerDatabase;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** What is due from each cloud account, as the days were settled (fee-center-rules.md §4). It changes nothing. */
public final class CloudDues {

    private static final String SUMMED = """
            count(*) AS lines, coalesce(sum(amount) FILTER (WHERE amount > 0), 0) AS charged,
            coalesce(sum(amount) FILTER (WHERE amount < 0), 0) AS set_off, sum(amount) AS due
            """;

    private static final String ROWS = """
            SELECT period, cloud_account_id, coalesce(user_name, cloud.account_id) AS account, method, customer_identifier,
                   workspace_id, coalesce(workspace.name, workspace_id) AS workspace_name, lines, charged, set_off, due, summed.currency
            FROM (SELECT %s AS period, cloud_account_id, workspace_id, currency, %s
                  FROM cloud_line WHERE %s GROUP BY period, cloud_account_id, workspace_id, currency) AS summed
                JOIN cloud_account AS cloud USING (cloud_account_id)
                LEFT JOIN fee_center_account AS payer ON payer.account_id = cloud.account_id
                LEFT JOIN workspace USING (workspace_id)
            ORDER BY period DESC, cloud_account_id, workspace_id COLLATE "C"
            """;

    private static final String STANDINGS = """
            SELECT cloud_account_id, coalesce(user_name, cloud.account_id) AS account, cloud.method, cloud.customer_identifier,
                   registered_at, ended_at, coalesce(due, 0) AS due, wallet.currency,
                   (SELECT count(*) FROM settlement_method AS chosen WHERE chosen.cloud_account_id = cloud.cloud_account_id
                        AND cloud.ended_at IS NULL AND cloud.account_id = (
                            SELECT account_id FROM binding WHERE binding.workspace_id = chosen.workspace_id
                            ORDER BY seq DESC LIMIT 1)) AS workspaces
            FROM cloud_account AS cloud JOIN wallet USING (account_id)
                LEFT JOIN fee_center_account AS payer ON payer.account_id = cloud.account_id
                LEFT JOIN cloud_amount_due USING (cloud_account_id)
            WHERE CAST(:account AS text) IS NULL OR cloud.account_id = :account
            ORDER BY cloud_account_id
            """;

    private final Jdbi jdbi;

    /** Asks the database behind this source, with any role that may read it. */
    public CloudDues(DataSource source) {
        this.jdbi = LedgerDatabase.jdbi(source);
    }

    /**
     * How cloud accounts stand now, also those that ended, in the order in which they were registered.
     *
     * @param accountId the fee-center account that registered them; null for those of all
     */
    public List<CloudStanding> standings(@Nullable String accountId) {
        return jdbi.withHandle(handle -> handle.createQuery(STANDINGS)
                .bindByType("account", accountId, String.class)
                .map(ConstructorMapper.of(CloudStanding.class))
                .list());
    }

    /**
     * What was made due, the newest day or month first, then by cloud account and workspace.
     *
     * @param limit at most so many
     */
    public List<CloudDue> rows(CloudDueFilter filter, int limit) {
        String rows = ROWS.formatted(filter.by().key(), SUMMED, filter.where());
        return jdbi.withHandle(handle -> handle.createQuery(rows + " LIMIT :limit")
                .bindMap(filter.values())
                .bind("limit", limit)
                .map(ConstructorMapper.of(CloudDue.class))
                .list());
    }

    /** What all rows come to, a sum for each currency. */
    public List<CloudDueSum> sums(CloudDueFilter filter) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT currency, " + SUMMED + " FROM cloud_line WHERE "
                        + filter.where() + " GROUP BY currency ORDER BY currency")
                .bindMap(filter.values())
                .map(ConstructorMapper.of(CloudDueSum.class))
                .list());
    }
}
