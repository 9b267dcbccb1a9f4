package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.FeeCenterAccount;
import io.weir.feecenter.settlement.MovementQuery;
import io.weir.feecenter.settlement.MovementRow;
import io.weir.feecenter.settlement.PurseKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Income and expense of an account: each movement of money in its wallet, as a page and as a file. */
final class MovementPages {

    private static final int ROWS = 100;

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
        Csv.answer(
                context,
                "movements-%s.csv".formatted(payer.userName()),
                columns(),
                csv -> movements.forEach(
                        MovementsAsked.of(context).ofAccount(payer.accountId()), movement -> csv.row(cells(movement))));
    }

    private static List<String> columns() {
        List<String> columns = new ArrayList<>(List.of("moved_at", "kind", "reference", "sum"));
        for (PurseKind kind : PurseKind.values()) {
            columns.add(kind.name().toLowerCase(Locale.ROOT));
        }
        columns.add("currency");
        return columns;
    }

    private static @Nullable Object[] cells(MovementRow movement) {
        List<@Nullable Object> cells = new ArrayList<>(
                Arrays.asList(movement.movedAt(), movement.kind(), movement.reference(), movement.sum()));
        for (PurseKind kind : PurseKind.values()) {
            cells.add(movement.inflows().get(kind));
        }
        cells.add(movement.currency());
        return cells.toArray();
    }
}
