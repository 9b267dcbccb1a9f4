package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.FeeCenterAccount;
import io.weir.feecenter.settlement.HighConsumptionAlert;
import io.weir.feecenter.settlement.HighConsumptionAlerts;
import io.weir.feecenter.settlement.SettlementMethods;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * High-consumption alerts on the workspaces of an account. The account sees them; the owner or an administrator of a workspace, signed in to the
 * console with the same browser, sets them.
 */
final class AlertPages {

    private static final Pattern THRESHOLD = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,2})?");
    private static final Pattern ITEM = Pattern.compile("[A-Za-z0-9_.:/-]{0,128}");

    private final Pages pages;
    private final HighConsumptionAlerts alerts;
    private final SettlementMethods methods;

    AlertPages(Pages pages, Jdbi jdbi, InstantSource clock) {
        this.pages = pages;
        this.alerts = new HighConsumptionAlerts(jdbi, clock);
        this.methods = new SettlementMethods(jdbi, clock);
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/fee-center/alerts", this::list)
                .post("/fee-center/alerts", context -> pages.submit(context, () -> set(context), this::list))
                .post("/fee-center/alerts/remove", context -> pages.submit(context, () -> remove(context), this::list));
    }

    private void list(Context context) {
        FeeCenterAccount payer = Visits.payer(context);
        pages.show(
                context,
                "alerts",
                Map.of(
                        "alerts",
                        alerts.ofPayer(payer.accountId(), payer.currency().name()),
                        "workspaces",
                        methods.ofAccount(payer.accountId())));
    }

    private String set(Context context) {
        FeeCenterAccount payer = Visits.payer(context);
        String threshold = Pages.typed(context, "threshold");
        if (!THRESHOLD.matcher(threshold).matches()) {
            throw new InputRefused("alerts.threshold-invalid");
        }
        HighConsumptionAlert alert = new HighConsumptionAlert(
                workspace(context, payer),
                item(context),
                payer.currency().name(),
                new BigDecimal(threshold),
                List.of());
        alerts.set(alert, Visits.person(context).consoleAccountId());
        return "/fee-center/alerts?said=alert-set";
    }

    private String remove(Context context) {
        FeeCenterAccount payer = Visits.payer(context);
        alerts.remove(
                workspace(context, payer),
                item(context),
                payer.currency().name(),
                Visits.person(context).consoleAccountId());
        return "/fee-center/alerts?said=alert-removed";
    }

    /** Only one for which the account pays. */
    private String workspace(Context context, FeeCenterAccount payer) {
        String typed = Pages.typed(context, "workspace");
        if (methods.ofAccount(payer.accountId()).stream()
                .noneMatch(paid -> paid.workspaceId().equals(typed))) {
            throw new NotFoundResponse("this account does not pay for that workspace");
        }
        return typed;
    }

    /** Null for all items together. */
    private static @Nullable String item(Context context) {
        String typed = Pages.typed(context, "item");
        if (!ITEM.matcher(typed).matches()) {
            throw new InputRefused("alerts.item-invalid");
        }
        return typed.isEmpty() ? null : typed;
    }
}
