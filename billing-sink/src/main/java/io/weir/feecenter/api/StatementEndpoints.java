package io.weir.feecenter.api;

import io.javalin.http.Context;
import io.weir.feecenter.account.ApiToken;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The monthly statements of an account. */
final class StatementEndpoints {

    private static final String STATEMENT_ROWS = """
            SELECT number, to_char(month, 'YYYY-MM') AS month, amount, currency, issued_at,
                   (SELECT coalesce(jsonb_object_agg(kind, round(share.amount, 2)::text), '{}') FROM statement_share AS share
                    WHERE share.statement_id = issued.statement_id) AS paid_by
            FROM statement AS issued WHERE account_id = :account
            """;

    /** A number begins with its month, and an account has one statement a month. */
    private static final Listing<StatementRow> STATEMENTS = new Listing<>(
            StatementRow.class, STATEMENT_ROWS + " <behind>", List.of(Key.text("number")), false, StatementRow::place);

    private static final Listing<StatementLineRow> LINES = new Listing<>(
            StatementLineRow.class, """
            SELECT line_id, day, workspace_id, resource, item, retention_days, revision, quantity, amount, currency,
                   method AS settlement_method, adjustment
            FROM statement_detail
            WHERE account_id = :account AND statement_id = (SELECT statement_id FROM statement WHERE number = :number) <behind>
            """, List.of(Key.day("day"), Key.text("line_id")), false, StatementLineRow::place);

    private final Jdbi jdbi;

    StatementEndpoints(DataSource source) {
        this.jdbi = Rows.of(source, StatementRow.class, StatementLineRow.class);
    }

    Page<StatementRow> statements(Context context, ApiToken caller) {
        Parameters asked = Parameters.ofList(context);
        return jdbi.withHandle(handle -> STATEMENTS.page(handle, asked, Map.of("account", caller.accountId())));
    }

    StatementRow statement(Context context, ApiToken caller) {
        Parameters.none(context);
        return jdbi.withHandle(handle -> statement(handle, context, caller));
    }

    private static StatementRow statement(Handle handle, Context context, ApiToken caller) {
        return handle.createQuery(STATEMENT_ROWS + " AND number = :number")
                .bind("account", caller.accountId())
                .bind("number", Parameters.idInPath(context, "number", "statement"))
                .mapTo(StatementRow.class)
                .findOne()
                .orElseThrow(() -> Refused.notFound("statement"));
    }

    Page<StatementLineRow> lines(Context context, ApiToken caller) {
        Parameters asked = Parameters.ofList(context);
        return jdbi.withHandle(handle -> {
            String number = statement(handle, context, caller).number();
            return LINES.page(handle, asked, Map.of("account", caller.accountId(), "number", number));
        });
    }
}
