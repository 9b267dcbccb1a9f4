package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.FeeCenterAccount;
import io.weir.feecenter.settlement.MovementFilter;
import io.weir.feecenter.settlement.MovementQuery;
import io.weir.feecenter.settlement.MovementRow;
import io.weir.feecenter.settlement.PurseKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Income and expense of an account: each movement of money in its wallet, as a page and as a file. */
final class MovementPages {

    private static final int ROWS = 100;

    private static final List<Column<MovementRow>> COLUMNS = Column.all(List.of(
            List.of(
                    new Column<>("moved_at", MovementRow::movedAt),
                    new Column<>("kind", MovementRow::kind),
                    new Column<>("reference", MovementRow::reference),
                    new Column<>("sum", MovementRow::sum)),
            Arrays.stream(PurseKind.values()).map(MovementPages::into).toList(),
            List.of(new Column<>("currency", MovementRow::currency))));

    private final Pages pages;
    private final MovementQuery movements;

    MovementPages(Pages pages, DataSource database) {
        this.pages = pages;
        this.movements = new MovementQuery(database);
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/fee-center/movements", this::list).get("/fee-center/movements.csv", this::file);
    }

    private void list(Context context) {
        FeeCenterAccount payer = Visits.payer(context);
        MovementsAsked asked = MovementsAsked.of(context);
        List<MovementRow> found = movements.page(asked.ofAccount(payer.accountId()), before(context), ROWS + 1);
        pages.show(
                context,
                "movements",
                Map.of(
                        "asked",
                        asked,
                        "movements",
                        found.subList(0, Math.min(ROWS, found.size())),
                        "before",
                        found.size() > ROWS ? String.valueOf(found.get(ROWS - 1).movementId()) : ""));
    }

    /** Where the page before ended; null for the first page. */
    private static @Nullable Long before(Context context) {
        String typed = context.queryParam("before");
        return typed != null && typed.matches("[0-9]{1,18}") ? Long.valueOf(typed) : null;
    }

    private void file(Context context) {
        FeeCenterAccount payer = Visits.payer(context);
        MovementFilter asked = MovementsAsked.of(context).ofAccount(payer.accountId());
        Csv.answer(
                context,
                "movements-%s.csv".formatted(payer.userName()),
                COLUMNS,
                rows -> movements.forEach(asked, rows));
    }

    private static Column<MovementRow> into(PurseKind kind) {
        return new Column<>(
                kind.name().toLowerCase(Locale.ROOT),
                movement -> movement.inflows().get(kind));
    }
}
