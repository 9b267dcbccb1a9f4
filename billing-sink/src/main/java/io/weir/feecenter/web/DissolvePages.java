package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.Bindings;
import io.weir.feecenter.account.Dissolutions;
import io.weir.feecenter.account.FeeCenterAccount;
import io.weir.feecenter.account.Membership;
import io.weir.feecenter.account.Role;
import io.weir.feecenter.account.Workspaces;
import java.util.Map;

/** The owner dissolves a workspace, after a page that says what follows (fee-center-rules.md §5). */
final class DissolvePages {

    private static final String PATH = "/workspaces/{id}/dissolve";

    private final Pages pages;
    private final Workspaces workspaces;
    private final Bindings bindings;
    private final Dissolutions dissolutions;

    DissolvePages(Pages pages, Workspaces workspaces, Bindings bindings, Dissolutions dissolutions) {
        this.pages = pages;
        this.workspaces = workspaces;
        this.bindings = bindings;
        this.dissolutions = dissolutions;
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get(PATH, this::ask).post(PATH, context -> pages.submit(context, () -> dissolve(context), this::ask));
    }

    private void ask(Context context) {
        Membership membership = WorkspacePages.enter(context, workspaces, Role.OWNER);
        String payer = bindings.payer(membership.workspace().workspaceId(), Visits.personId(context))
                .map(FeeCenterAccount::userName)
                .orElse("");
        pages.show(context, "dissolve", Map.of("membership", membership, "payer", payer));
    }

    /** Only who types the name of the workspace means it. */
    private String dissolve(Context context) {
        Membership membership = WorkspacePages.enter(context, workspaces, Role.OWNER);
        if (!Pages.typed(context, "name").equals(membership.workspace().name())) {
            throw new InputRefused("dissolve.name-differs");
        }
        dissolutions.dissolve(membership.workspace().workspaceId(), Visits.personId(context));
        return "/workspaces?said=workspace-dissolved";
    }
}
