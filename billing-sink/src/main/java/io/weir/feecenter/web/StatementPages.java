package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.settlement.MonthlyStatement;
import io.weir.feecenter.settlement.StatementLine;
import io.weir.feecenter.settlement.StatementQuery;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** The monthly statements of an account, each as a page and as a file. */
final class StatementPages {

    private static final int ROWS = 100;

    private final Pages pages;
    private final StatementQuery statements;

    StatementPages(Pages pages, DataSource database) {
        this.pages = pages;
        this.statements = new StatementQuery(database);
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/fee-center/statements", this::list)
                .get("/fee-center/statements/{number}", this::statement)
                .get("/fee-center/statements/{number}/lines.csv", this::file);
    }

    private void list(Context context) {
        pages.show(
                context,
                "statements",
                Map.of("statements", statements.of(Visits.payer(context).accountId())));
    }

    private void statement(Context context) {
        MonthlyStatement statement = find(context);
        List<StatementLine> found = statements.lines(statement.number(), BillPages.after(context), ROWS + 1);
        pages.show(
                context,
                "statement",
                Map.of(
                        "statement",
                        statement,
                        "sums",
                        statements.sums(statement.number()),
                        "lines",
                        found.subList(0, Math.min(ROWS, found.size())),
                        "after",
                        found.size() > ROWS ? found.get(ROWS - 1).lineId() : ""));
    }

    /** The statement in the path; no statement of another account is found. */
    private MonthlyStatement find(Context context) {
        return statements
                .find(Visits.payer(context).accountId(), context.pathParam("number"))
                .orElseThrow(() -> new NotFoundResponse("this account has no such statement"));
    }

    private void file(Context context) {
        MonthlyStatement statement = find(context);
        Csv.answer(
                context,
                "statement-%s.csv".formatted(statement.number()),
                columns(statement),
                rows -> statements.forEachLine(statement.number(), rows));
    }

    private static List<Column<StatementLine>> columns(MonthlyStatement statement) {
        return List.of(
                new Column<>("number", line -> statement.number()),
                new Column<>("day", StatementLine::day),
                new Column<>("workspace_id", StatementLine::workspaceId),
                new Column<>("workspace_name", StatementLine::workspaceName),
                new Column<>("resource", StatementLine::resource),
                new Column<>("item", StatementLine::item),
                new Column<>("retention_days", StatementLine::retentionDays),
                new Column<>("revision", StatementLine::revision),
                new Column<>("quantity", StatementLine::quantity),
                new Column<>("amount", StatementLine::amount),
                new Column<>("currency", line -> statement.currency()),
                new Column<>("settlement_method", StatementLine::method),
                new Column<>("adjustment", StatementLine::adjustment),
                new Column<>("line_id", StatementLine::lineId));
    }
}
