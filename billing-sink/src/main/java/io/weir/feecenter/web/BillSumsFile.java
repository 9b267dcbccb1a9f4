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
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** The sums of the bill lines that a reader asked for, all of them, as a file. */
final class BillSumsFile {

    private static final List<String> FIGURES = List.of(
            "lines",
            "payable",
            "voucher_amount",
            "card_amount",
            "cash_amount",
            "cloud_amount",
            "owed_amount",
            "open_amount",
            "currency");

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
        Csv.answer(context, name, columns(filter), csv -> sums.forEach(sum -> csv.row(cells(filter, sum, names))));
    }

    private static String word(BillFilter filter) {
        return filter.by().name().toLowerCase(Locale.ROOT);
    }

    private static List<String> columns(BillFilter filter) {
        Stream<String> of =
                isByWorkspace(filter) ? Stream.of("workspace_id", "workspace_name") : Stream.of(word(filter));
        return Stream.concat(of, FIGURES.stream()).toList();
    }

    private static boolean isByWorkspace(BillFilter filter) {
        return filter.by() == DetailGrouping.WORKSPACE;
    }

    private static Object[] cells(BillFilter filter, DetailSum sum, Map<String, String> names) {
        Stream<Object> of =
                isByWorkspace(filter) ? Stream.of(sum.of(), names.getOrDefault(sum.of(), "")) : Stream.of(sum.of());
        Stream<Object> figures = Stream.of(
                sum.lines(),
                sum.payable(),
                sum.paidBy().voucher(),
                sum.paidBy().card(),
                sum.paidBy().cash(),
                sum.paidBy().cloud(),
                sum.paidBy().owed(),
                sum.open(),
                sum.currency());
        return Stream.concat(of, figures).toArray();
    }
}
