package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.Bindings;
import io.weir.feecenter.account.Currency;
import io.weir.feecenter.account.Membership;
import io.weir.feecenter.account.Role;
import io.weir.feecenter.account.Upgrades;
import io.weir.feecenter.account.Workspaces;
import java.util.Map;
import java.util.Objects;

/** From the Free plan to the commercial one: what changes, who will pay, the agreement, and what was done. */
final class UpgradePages {

    /** Name and version of the agreement that stands in the words under {@code agreement.}. */
    static final String AGREEMENT = "weir-terms-2026-01";

    private static final String PATH = "/workspaces/{id}/upgrade";

    private final Pages pages;
    private final Workspaces workspaces;
    private final Bindings bindings;
    private final Upgrades upgrades;

    UpgradePages(Pages pages, Workspaces workspaces, Bindings bindings, Upgrades upgrades) {
        this.pages = pages;
        this.workspaces = workspaces;
        this.bindings = bindings;
        this.upgrades = upgrades;
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get(PATH, context -> show(context, "upgrade"))
                .get(PATH + "/existing", this::existing)
                .post(PATH + "/code", context -> pages.submit(context, () -> sendCode(context), this::existing))
                .post(PATH + "/existing", context -> pages.submit(context, () -> upgrade(context), this::existing))
                .get(PATH + "/new", context -> show(context, "upgrade-new"))
                .post(PATH + "/new", context -> pages.submit(context, () -> upgradeWithNew(context), this::again))
                .get(PATH + "/done", this::done);
    }

    private Membership owned(Context context) {
        return WorkspacePages.enter(context, workspaces, Role.OWNER);
    }

    private void show(Context context, String template) {
        pages.show(context, template, Map.of("membership", owned(context)));
    }

    private void again(Context context) {
        show(context, "upgrade-new");
    }

    private void existing(Context context) {
        String account = Objects.requireNonNullElse(context.queryParam("account"), Pages.typed(context, "user-name"));
        pages.show(context, "upgrade-existing", Map.of("membership", owned(context), "account", account));
    }

    private String sendCode(Context context) {
        String account = Pages.typed(context, "user-name");
        upgrades.sendCode(
                context.pathParam("id"),
                Visits.personId(context),
                account,
                Frame.of(context).words().language());
        return "%s/existing?said=code-sent&account=%s".formatted(path(context), Pages.encoded(account));
    }

    private String upgrade(Context context) {
        upgrades.upgrade(
                context.pathParam("id"),
                Visits.personId(context),
                Pages.typed(context, "user-name"),
                Pages.typed(context, "code"),
                acceptance(context));
        return path(context) + "/done";
    }

    private String upgradeWithNew(Context context) {
        upgrades.upgradeWithNewAccount(
                context.pathParam("id"),
                Visits.personId(context),
                Pages.typed(context, "user-name"),
                Pages.oneOf(Currency.class, context, "currency"),
                Pages.typed(context, "email"),
                Pages.typed(context, "phone"),
                SignInPages.password(context),
                acceptance(context));
        return path(context) + "/done";
    }

    /** Only the agreement that is shown can be accepted. */
    private static Upgrades.Acceptance acceptance(Context context) {
        String accepted = Pages.typed(context, "agreement").equals(AGREEMENT) ? AGREEMENT : "";
        return new Upgrades.Acceptance(accepted, Frame.of(context).words().language());
    }

    private void done(Context context) {
        Membership membership = owned(context);
        pages.show(
                context,
                "upgrade-done",
                Map.of(
                        "membership",
                        membership,
                        "payer",
                        bindings.payer(membership.workspace().workspaceId(), Visits.personId(context))));
    }

    private static String path(Context context) {
        return "/workspaces/%s/upgrade".formatted(context.pathParam("id"));
    }
}
