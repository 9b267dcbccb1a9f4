package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.ConsoleAccount;
import io.weir.feecenter.account.FeeCenterAccount;
import io.weir.feecenter.account.Member;
import io.weir.feecenter.account.Role;
import io.weir.feecenter.account.Workspaces;
import io.weir.feecenter.settlement.HighConsumptionAlert;
import io.weir.feecenter.settlement.HighConsumptionAlerts;
import io.weir.feecenter.settlement.PaidWorkspace;
import io.weir.feecenter.settlement.SettlementMethods;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Workspaces workspaces;
    private final Sites sites;

    AlertPages(Pages pages, Jdbi jdbi, InstantSource clock, Workspaces workspaces, Sites sites) {
        this.pages = pages;
        this.alerts = new HighConsumptionAlerts(jdbi, clock);
        this.methods = new SettlementMethods(jdbi, clock);
        this.workspaces = workspaces;
        this.sites = sites;
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/fee-center/alerts", this::list)
                .post("/fee-center/alerts", context -> pages.submit(context, () -> set(context), this::list))
                .post("/fee-center/alerts/remove", context -> pages.submit(context, () -> remove(context), this::list));
    }

    private void list(Context context) {
        FeeCenterAccount payer = Visits.payer(context);
        List<PaidWorkspace> paid = methods.ofAccount(payer.accountId());
        Optional<PaidWorkspace> chosen = chosen(context, paid);
        pages.show(
                context,
                "alerts",
                Map.of(
                        "alerts",
                                alerts.ofPayer(
                                        payer.accountId(), payer.currency().name()),
                        "workspaces", paid,
                        "chosen", chosen,
                        "items", chosen.map(sites::items).orElse(List.of()),
                        "members",
                                chosen.map(it -> others(context, it.workspaceId()))
                                        .orElse(List.of())));
    }

    /** The one whose alert is to be set: as the form that was refused or the address says, or else the first. */
    private static Optional<PaidWorkspace> chosen(Context context, List<PaidWorkspace> paid) {
        String typed = Frame.of(context).typed("workspace");
        String asked = typed.isEmpty() ? context.queryParam("workspace") : typed;
        return paid.stream()
                .filter(each -> each.workspaceId().equals(asked))
                .findFirst()
                .or(() -> paid.stream().findFirst());
    }

    /** The members that may be chosen beside the owner; nobody for whom it is not to know. */
    private List<Member> others(Context context, String workspace) {
        return Optional.ofNullable(Frame.of(context).person())
                .map(ConsoleAccount::consoleAccountId)
                .filter(person -> workspaces
                        .role(workspace, person)
                        .map(role -> role.isAtLeast(Role.ADMINISTRATOR))
                        .orElse(false))
                .map(person -> workspaces.members(workspace, person))
                .orElse(List.of())
                .stream()
                .filter(member -> member.role() != Role.OWNER)
                .toList();
    }

    private List<String> told(Context context, String workspace) {
        return others(context, workspace).stream()
                .map(Member::consoleAccountId)
                .filter(member -> context.formParam("member." + member) != null)
                .toList();
    }

    private String set(Context context) {
        FeeCenterAccount payer = Visits.payer(context);
        String threshold = Pages.typed(context, "threshold");
        if (!THRESHOLD.matcher(threshold).matches()) {
            throw new InputRefused("alerts.threshold-invalid");
        }
        String workspace = workspace(context, payer);
        HighConsumptionAlert alert = new HighConsumptionAlert(
                workspace, item(context), payer.currency().name(), new BigDecimal(threshold), told(context, workspace));
        alerts.set(alert, Visits.personId(context));
        return "/fee-center/alerts?said=alert-set&workspace=" + Pages.encoded(workspace);
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
