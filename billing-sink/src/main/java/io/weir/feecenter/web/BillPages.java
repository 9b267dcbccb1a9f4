package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.FeeCenterAccount;
import io.weir.feecenter.settlement.ChargeSums;
import io.weir.feecenter.settlement.ChargeSums.NamedWorkspace;
import io.weir.feecenter.settlement.DailyDetail;
import io.weir.feecenter.settlement.DetailFilter;
import io.weir.feecenter.settlement.DetailQuery;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The daily details of an account: line by line with what paid, and their sums; as a page and as a file (fee-center-rules.md §7). */
final class BillPages {

    private static final int ROWS = 100;

    private static final Pattern LINE_ID = Pattern.compile("[0-9a-f]{32}");

    private static final List<Column<DailyDetail>> COLUMNS = Column.all(List.of(
            List.of(
                    new Column<>("line_id", DailyDetail::lineId),
                    new Column<>("day", DailyDetail::day),
                    new Column<>("workspace_id", DailyDetail::workspaceId),
                    new Column<>("workspace_name", DailyDetail::workspaceName),
                    new Column<>("site", DailyDetail::site),
                    new Column<>("resource", DailyDetail::resource),
                    new Column<>("item", DailyDetail::item),
                    new Column<>("retention_days", DailyDetail::retentionDays),
                    new Column<>("revision", DailyDetail::revision),
                    new Column<>("quantity", DailyDetail::quantity),
                    new Column<>("list_amount", DailyDetail::listAmount),
                    new Column<>("payable", DailyDetail::payable)),
            Column.paidBy(DailyDetail::paidBy),
            List.of(
                    new Column<>("currency", DailyDetail::currency),
                    new Column<>("settlement_method", DailyDetail::method),
                    new Column<>("cloud_account", DailyDetail::cloudAccount),
                    new Column<>("settled_at", DailyDetail::settledAt))));

    private final Pages pages;
    private final DetailQuery details;
    private final Jdbi jdbi;
    private final InstantSource clock;

    BillPages(Pages pages, DataSource database, Jdbi jdbi, InstantSource clock) {
        this.pages = pages;
        this.details = new DetailQuery(database);
        this.jdbi = jdbi;
        this.clock = clock;
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/fee-center/bills", this::list).get("/fee-center/bills.csv", this::file);
        new BillSumsFile(details, jdbi, clock).addTo(routes);
    }

    private void list(Context context) {
        FeeCenterAccount payer = Visits.payer(context);
        BillFilter filter = BillFilter.of(context, thisMonth());
        DetailFilter lines = filter.linesOf(payer.accountId());
        List<DailyDetail> found = details.page(lines, after(context), ROWS + 1);
        ChargeSums charges = new ChargeSums(jdbi, payer.accountId(), filter.first(), filter.last());
        ChargeSums.Charged charged = charges.charged();
        Map<String, Object> matter = new HashMap<>();
        matter.put("filter", filter);
        matter.put("workspaces", charged.workspaces());
        matter.put("sites", sites(charged.workspaces()));
        matter.put("items", charged.items());
        matter.put("sums", sums(context, filter, charged.workspaces()));
        matter.put("lines", found.subList(0, Math.min(ROWS, found.size())));
        matter.put("after", found.size() > ROWS ? found.get(ROWS - 1).lineId() : "");
        pages.show(context, "bills", matter);
    }

    /** The line with which the page before ended; null for the first page. */
    static @Nullable String after(Context context) {
        String typed = context.queryParam("after");
        return typed != null && LINE_ID.matcher(typed).matches() ? typed : null;
    }

    /** Where these workspaces live, in the order of their ids. */
    private static List<String> sites(List<NamedWorkspace> workspaces) {
        return workspaces.stream()
                .map(workspace -> Objects.requireNonNullElse(workspace.site(), BillFilter.NO_SITE))
                .distinct()
                .sorted()
                .toList();
    }

    private BillSums sums(Context context, BillFilter filter, List<NamedWorkspace> workspaces) {
        FeeCenterAccount payer = Visits.payer(context);
        BillSums.Naming naming = new BillSums.Naming(
                filter, NamedWorkspace.names(workspaces), Frame.of(context).words());
        return BillSums.page(
                details.sums(filter.linesOf(payer.accountId()), filter.by()),
                payer.currency().name(),
                context.queryParam("sums-behind"),
                naming);
    }

    private YearMonth thisMonth() {
        return FeeCenterPages.thisMonth(clock.instant());
    }

    private void file(Context context) {
        FeeCenterAccount payer = Visits.payer(context);
        BillFilter filter = BillFilter.of(context, thisMonth());
        String name = "bills-%s-%s-%s.csv".formatted(payer.userName(), filter.first(), filter.last());
        Csv.answer(context, name, COLUMNS, rows -> details.forEach(filter.linesOf(payer.accountId()), rows));
    }
}
