package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.AccountRefused;
import io.weir.feecenter.account.Bindings;
import io.weir.feecenter.account.FeeCenterAccounts;
import io.weir.feecenter.account.Membership;
import io.weir.feecenter.account.Plan;
import io.weir.feecenter.account.Role;
import io.weir.feecenter.account.Workspaces;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A person's two accounts, what each of them is for, and the way from the one into the other. */
final class AccountPages {

    private final Pages pages;
    private final Visits visits;
    private final Workspaces workspaces;
    private final Bindings bindings;
    private final FeeCenterAccounts payers;

    AccountPages(Pages pages, Visits visits, Workspaces workspaces, Bindings bindings, FeeCenterAccounts payers) {
        this.pages = pages;
        this.visits = visits;
        this.workspaces = workspaces;
        this.bindings = bindings;
        this.payers = payers;
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/accounts", this::page)
                .post("/workspaces/{id}/fee-center", this::enterFeeCenter)
                .get("/fee-center/user-names", this::userName);
    }

    private void page(Context context) {
        String person = Visits.personId(context);
        pages.show(context, "accounts", Map.of("paid", paid(person)));
    }

    private List<PaidWorkspace> paid(String person) {
        return workspaces.of(person).stream()
                .filter(membership -> membership.role() == Role.OWNER)
                .map(Membership::workspace)
                .filter(workspace -> workspace.plan() == Plan.COMMERCIAL)
                .map(workspace -> new PaidWorkspace(workspace, bindings.payer(workspace.workspaceId(), person)))
                .toList();
    }

    /** Without the password of the account: the owner of a workspace acts for whoever pays for it. */
    private void enterFeeCenter(Context context) {
        String payer = bindings.payer(context.pathParam("id"), Visits.personId(context))
                .accountId();
        visits.signIn(context, session -> session.withPayer(payer));
        context.redirect("/fee-center", HttpStatus.SEE_OTHER);
    }

    /** Says to somebody who types a user name whether it is free, in words. */
    private void userName(Context context) {
        String typed = Objects.requireNonNullElse(context.queryParam("user-name"), "");
        Frame frame = Frame.of(context);
        try {
            boolean free = payers.isFree(typed);
            context.status(free ? HttpStatus.OK : HttpStatus.CONFLICT);
            context.result(frame.t(free ? "user-name.free" : "Refusal.USER_NAME_TAKEN"));
        } catch (AccountRefused invalid) {
            context.status(HttpStatus.UNPROCESSABLE_CONTENT).result(frame.t(invalid.refusal()));
        }
    }
}
