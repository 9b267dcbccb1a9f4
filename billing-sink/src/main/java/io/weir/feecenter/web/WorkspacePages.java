package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.ConsoleAccount;
import io.weir.feecenter.account.Membership;
import io.weir.feecenter.account.Role;
import io.weir.feecenter.account.Workspaces;
import java.util.Map;

/** The workspaces of a person, and new ones. */
final class WorkspacePages {

    private final Pages pages;
    private final Workspaces workspaces;

    WorkspacePages(Pages pages, Workspaces workspaces) {
        this.pages = pages;
        this.workspaces = workspaces;
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/workspaces", this::list)
                .post("/workspaces", context -> pages.submit(context, () -> create(context), this::list));
    }

    private void list(Context context) {
        ConsoleAccount person = Visits.person(context);
        pages.show(context, "workspaces", Map.of("memberships", workspaces.of(person.consoleAccountId())));
    }

    private String create(Context context) {
        workspaces.create(Visits.person(context).consoleAccountId(), Pages.typed(context, "name"));
        return "/workspaces?said=workspace-created";
    }

    /**
     * The workspace in the path, for a page that needs a role in it.
     *
     * @throws io.weir.feecenter.account.AccountRefused if the person is no member, or in a lesser role
     */
    static Membership enter(Context context, Workspaces workspaces, Role least) {
        return workspaces.membership(context.pathParam("id"), Visits.personId(context), least);
    }
}
