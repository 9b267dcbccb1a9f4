package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.FeeCenterAccount;
import io.weir.feecenter.settlement.ChargeSums;
import io.weir.feecenter.settlement.ChargeSums.NamedWorkspace;
import io.weir.feecenter.settlement.DetailGrouping;
import io.weir.feecenter.settlement.DetailQuery;
import io.weir.feecenter.settlement.DetailSum;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** The sums of the bill lines that a reader asked for, all of them, as a file. */
final class BillSumsFile {

    private static final List<Column<DetailSum>> FIGURES = Column.all(List.of(
            List.of(new Column<>("lines", DetailSum::lines), new Column<>("payable", DetailSum::payable)),
            Column.paidBy(DetailSum::paidBy),
            List.of(new Column<>("open_amount", DetailSum::open), new Column<>("currency", DetailSum::currency))));

    private final DetailQuery details;
    private final Jdbi jdbi;
    private final InstantSource clock;

    BillSumsFile(DetailQuery details, Jdbi jdbi, InstantSource clock) {
        this.details = details;
        this.jdbi = jdbi;
        this.clock = clock;
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/fee-center/bill-sums.csv", this::file);
    }

    private void file(Context context) {
        FeeCenterAccount payer = Visits.payer(context);
        BillFilter filter = BillFilter.of(context, FeeCenterPages.thisMonth(clock.instant()));
        Map<String, String> names =
                NamedWorkspace.names(new ChargeSums(jdbi, payer.accountId(), filter.first(), filter.last())
                        .charged()
                        .workspaces());
        List<DetailSum> sums = details.sums(filter.linesOf(payer.accountId()), filter.by());
        String name =
                "bill-sums-%s-%s-%s-%s.csv".formatted(payer.userName(), word(filter), filter.first(), filter.last());
        Csv.answer(context, name, columns(filter, names), sums::forEach);
    }

    private static String word(BillFilter filter) {
        return filter.by().name().toLowerCase(Locale.ROOT);
    }

    private static List<Column<DetailSum>> columns(BillFilter filter, Map<String, String> names) {
        List<Column<DetailSum>> of = filter.by() == DetailGrouping.WORKSPACE
                ? List.of(
                        new Column<>("workspace_id", DetailSum::of),
                        new Column<>("workspace_name", sum -> names.getOrDefault(sum.of(), "")))
                : List.of(new Column<>(word(filter), DetailSum::of));
        return Column.all(List.of(of, FIGURES));
    }
}
