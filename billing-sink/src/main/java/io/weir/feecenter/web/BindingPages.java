package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.Membership;
import io.weir.feecenter.account.Role;
import io.weir.feecenter.account.Workspaces;
import io.weir.feecenter.settlement.Rebindings;
import java.util.Map;

/** Who pays for a workspace, who paid before, and who is to pay from the next hour on. */
final class BindingPages {

    private static final String PATH = "/workspaces/{id}/binding";

    private final Pages pages;
    private final Workspaces workspaces;
    private final Rebindings bindings;
    private final NamedBindings namedBindings;

    BindingPages(Pages pages, Workspaces workspaces, Rebindings bindings, NamedBindings namedBindings) {
        this.pages = pages;
        this.workspaces = workspaces;
        this.bindings = bindings;
        this.namedBindings = namedBindings;
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get(PATH, this::page).post(PATH, context -> pages.submit(context, () -> rebind(context), this::page));
    }

    private void page(Context context) {
        Membership membership = WorkspacePages.enter(context, workspaces, Role.OWNER);
        pages.show(
                context,
                "binding",
                Map.of(
                        "membership",
                        membership,
                        "history",
                        namedBindings.history(membership.workspace().workspaceId())));
    }

    private String rebind(Context context) {
        String workspace = context.pathParam("id");
        bindings.rebind(
                workspace,
                Visits.personId(context),
                Pages.typed(context, "user-name"),
                Frame.of(context).words().language());
        return "/workspaces/%s/binding?said=rebound".formatted(workspace);
    }
}
