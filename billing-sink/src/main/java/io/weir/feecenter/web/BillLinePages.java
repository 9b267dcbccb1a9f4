package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.billing.BillLine;
import io.weir.feecenter.account.Binding;
import io.weir.feecenter.account.Bindings;
import io.weir.feecenter.account.FeeCenterAccount;
import io.weir.feecenter.account.Workspace;
import io.weir.feecenter.account.Workspaces;
import io.weir.feecenter.ledger.PostedLine;
import io.weir.feecenter.ledger.PostedLines;
import io.weir.feecenter.settlement.LineSettlements;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** One bill line, explained from what was measured to what paid for it. */
final class BillLinePages {

    private final Pages pages;
    private final PostedLines lines;
    private final LineSettlements settlements;
    private final Bindings bindings;
    private final Workspaces workspaces;

    BillLinePages(Pages pages, Jdbi jdbi, Bindings bindings, Workspaces workspaces) {
        this.pages = pages;
        this.lines = new PostedLines(jdbi);
        this.settlements = new LineSettlements(jdbi);
        this.bindings = bindings;
        this.workspaces = workspaces;
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/fee-center/bills/{line}", this::line);
    }

    private void line(Context context) {
        FeeCenterAccount payer = Visits.payer(context);
        PostedLine posted = lines.find(payer.accountId(), context.pathParam("line"))
                .orElseThrow(() -> new NotFoundResponse("this account has no such line"));
        BillLine line = posted.line();
        pages.show(
                context,
                "bill-line",
                Map.of(
                        "posted",
                        posted,
                        "workspaceName",
                        workspaces.find(line.getWorkspaceId()).map(Workspace::name),
                        "bindings",
                        bindings(line),
                        "settlement",
                        settlements.find(line.getLineId()),
                        "revisions",
                        lines.revisions(line)));
    }

    /** Those that joined a window of the line to the account; none for a workspace that is bound by other means than the console. */
    private List<Binding> bindings(BillLine line) {
        return bindings.history(line.getWorkspaceId()).stream()
                .filter(binding -> line.getBindingSeqs().contains(binding.seq())
                        && binding.accountId().equals(line.getAccountId()))
                .toList();
    }
}
