package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.Bindings;
import io.weir.feecenter.account.FeeCenterAccount;
import io.weir.feecenter.account.Membership;
import io.weir.feecenter.account.Role;
import io.weir.feecenter.account.Workspace;
import io.weir.feecenter.account.Workspaces;
import io.weir.feecenter.settlement.SettlementChoices;
import io.weir.feecenter.settlement.SettlementMethod;
import io.weir.feecenter.settlement.SettlementMethods;
import io.weir.feecenter.settlement.SwitchRefused;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** With what a workspace is settled: the fee center, a cloud account that is registered, or a new one. */
final class SettlementPages {

    private static final String PATH = "/workspaces/{id}/settlement";

    private final Pages pages;
    private final Workspaces workspaces;
    private final Bindings bindings;
    private final SettlementMethods methods;
    private final SettlementChoices choices;
    private final Function<String, Optional<ZoneId>> zoneOfSite;

    SettlementPages(
            Pages pages,
            Workspaces workspaces,
            Bindings bindings,
            SettlementMethods methods,
            SettlementChoices choices,
            Function<String, Optional<ZoneId>> zoneOfSite) {
        this.pages = pages;
        this.workspaces = workspaces;
        this.bindings = bindings;
        this.methods = methods;
        this.choices = choices;
        this.zoneOfSite = zoneOfSite;
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get(PATH, this::page).post(PATH, context -> pages.submit(context, () -> choose(context), this::page));
    }

    private void page(Context context) {
        Membership membership = WorkspacePages.enter(context, workspaces, Role.OWNER);
        Workspace workspace = membership.workspace();
        String person = Visits.personId(context);
        FeeCenterAccount payer = bindings.payer(workspace.workspaceId(), person);
        pages.show(
                context,
                "settlement",
                Map.of(
                        "membership",
                        membership,
                        "payer",
                        payer,
                        "method",
                        methods.now(workspace.workspaceId()),
                        "offer",
                        choices.offer(workspace, payer.accountId(), person)));
    }

    private String choose(Context context) {
        Workspace workspace =
                WorkspacePages.enter(context, workspaces, Role.OWNER).workspace();
        FeeCenterAccount payer = bindings.payer(workspace.workspaceId(), Visits.personId(context));
        ZoneId zone = zoneOfSite.apply(workspace.site()).orElseThrow(() -> new InputRefused("refused.site"));
        switchTo(Pages.typed(context, "settle-by"), context, workspace, zone, payer)
                .ifPresent(why -> {
                    throw Pages.refused(why);
                });
        return "/workspaces/%s/settlement?said=settlement-chosen".formatted(workspace.workspaceId());
    }

    /** The fee center, the number of a cloud account that is registered, or the cloud of a new one. */
    private Optional<SwitchRefused> switchTo(
            String chosen, Context context, Workspace workspace, ZoneId zone, FeeCenterAccount payer) {
        if (chosen.matches("[0-9]{1,18}")) {
            return methods.choose(workspace.workspaceId(), payer.accountId(), zone, Long.valueOf(chosen));
        }
        SettlementMethod method = Pages.oneOf(SettlementMethod.class, context, "settle-by");
        return method.isCloud()
                ? choices.chooseNew(
                        workspace, zone, payer, Visits.personId(context), method, Pages.typed(context, "customer"))
                : methods.choose(workspace.workspaceId(), payer.accountId(), zone, null);
    }
}
