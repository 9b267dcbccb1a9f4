package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.FeeCenterAccount;
import io.weir.feecenter.settlement.CloudDue;
import io.weir.feecenter.settlement.CloudDueFilter;
import io.weir.feecenter.settlement.CloudDues;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What is due from cloud accounts, as a page and as a file: for a fee-center account from its own, for the operator from all. */
final class CloudPages {

    private static final int ROWS = 500;

    private static final List<Column<CloudDue>> COLUMNS = List.of(
            new Column<>("period", CloudDue::period),
            new Column<>("cloud", CloudDue::method),
            new Column<>("cloud_account", CloudDue::customerIdentifier),
            new Column<>("fee_center_account", CloudDue::account),
            new Column<>("workspace_id", CloudDue::workspaceId),
            new Column<>("workspace_name", CloudDue::workspaceName),
            new Column<>("lines", CloudDue::lines),
            new Column<>("charged", CloudDue::charged),
            new Column<>("set_off", CloudDue::setOff),
            new Column<>("due", CloudDue::due),
            new Column<>("currency", CloudDue::currency));

    private final Pages pages;
    private final CloudDues dues;
    private final InstantSource clock;

    CloudPages(Pages pages, DataSource database, InstantSource clock) {
        this.pages = pages;
        this.dues = new CloudDues(database);
        this.clock = clock;
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/fee-center/clouds", this::ofPayer)
                .get("/fee-center/clouds.csv", this::fileOfPayer)
                .get("/operator/clouds", this::ofAll)
                .get("/operator/clouds.csv", this::fileOfAll);
    }

    private void ofPayer(Context context) {
        show(context, "clouds", Visits.payer(context).accountId());
    }

    private void ofAll(Context context) {
        Visits.operator(context);
        show(context, "operator-clouds", null);
    }

    private void show(Context context, String template, @Nullable String accountId) {
        CloudFilter filter = filter(context);
        List<CloudDue> found = dues.rows(filter.dues(accountId), ROWS + 1);
        pages.show(
                context,
                template,
                Map.of(
                        "standings", dues.standings(accountId),
                        "filter", filter,
                        "dues", found.subList(0, Math.min(ROWS, found.size())),
                        "sums", dues.sums(filter.dues(accountId)),
                        "more", found.size() > ROWS));
    }

    private CloudFilter filter(Context context) {
        return CloudFilter.of(context, FeeCenterPages.thisMonth(clock.instant()));
    }

    private void fileOfPayer(Context context) {
        FeeCenterAccount payer = Visits.payer(context);
        file(context, payer.userName(), payer.accountId());
    }

    private void fileOfAll(Context context) {
        Visits.operator(context);
        file(context, "all", null);
    }

    private void file(Context context, String of, @Nullable String accountId) {
        CloudFilter filter = filter(context);
        CloudDueFilter asked = filter.dues(accountId);
        Csv.answer(
                context,
                "clouds-%s-%s-%s.csv".formatted(of, filter.first(), filter.last()),
                COLUMNS,
                rows -> dues.rows(asked, Integer.MAX_VALUE).forEach(rows));
    }
}
