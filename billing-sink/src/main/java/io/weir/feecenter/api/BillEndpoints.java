package io.weir.feecenter.api;

import io.javalin.http.Context;
import io.weir.feecenter.account.ApiToken;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** What an account owes: the net bill, and the lines that it is the sum of. */
final class BillEndpoints {

    private static final String[] FILTERS = {"first", "last", "workspace", "item"};

    private static final String FILTERED = """
            account_id = :account AND day BETWEEN :first AND :last
              AND (CAST(:workspace AS text) IS NULL OR workspace_id = :workspace)
              AND (CAST(:item AS text) IS NULL OR item = :item) <behind>
            """;

    private static final Listing<BillRow> BILL = new Listing<>(
            BillRow.class,
            """
            SELECT day, workspace_id, resource, item, retention_days, sum(quantity) AS quantity, sum(amount) AS amount, currency,
                   count(*) AS lines
            FROM bill_line WHERE %s GROUP BY day, workspace_id, resource, item, retention_days, currency
            """.formatted(FILTERED),
            List.of(
                    Key.day("day"),
                    Key.text("workspace_id"),
                    Key.text("resource"),
                    Key.text("item"),
                    Key.number("coalesce(retention_days, -1)")),
            false,
            BillRow::place);

    private static final String LINE_ROWS = """
            SELECT line_id, day, workspace_id, resource, item, retention_days, revision, kind, quantity, amount, currency,
                   net_quantity, net_amount, price, meters, first_ingested_at, last_ingested_at, posted_at, settled_at,
                   method AS settlement_method, movement_id
            FROM bill_line LEFT JOIN settled_line USING (line_id)
            """;

    private static final Listing<LineRow> LINES = new Listing<>(
            LineRow.class,
            LINE_ROWS + " WHERE " + FILTERED,
            List.of(Key.day("day"), Key.text("line_id")),
            false,
            LineRow::place);

    private final Jdbi jdbi;

    BillEndpoints(DataSource source) {
        this.jdbi = Rows.of(source, BillRow.class, LineRow.class);
    }

    Page<BillRow> bill(Context context, ApiToken caller) {
        return page(BILL, context, caller);
    }

    Page<LineRow> lines(Context context, ApiToken caller) {
        return page(LINES, context, caller);
    }

    private <R> Page<R> page(Listing<R> listing, Context context, ApiToken caller) {
        Parameters asked = Parameters.ofList(context, FILTERS);
        Map<String, Object> values = new HashMap<>();
        values.put("account", caller.accountId());
        values.put("first", asked.day("first", Parameters.FIRST_DAY));
        values.put("last", asked.day("last", Parameters.LAST_DAY));
        values.put("workspace", asked.id("workspace").orElse(null));
        values.put("item", asked.id("item").orElse(null));
        return jdbi.withHandle(handle -> listing.page(handle, asked, values));
    }

    LineRow line(Context context, ApiToken caller) {
        Parameters.none(context);
        return jdbi.withHandle(
                handle -> handle.createQuery(LINE_ROWS + " WHERE account_id = :account AND line_id = :line")
                        .bind("account", caller.accountId())
                        .bind("line", Parameters.idInPath(context, "lineId", "line"))
                        .mapTo(LineRow.class)
                        .findOne()
                        .orElseThrow(() -> Refused.notFound("line")));
    }
}
