package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.ConsoleAccounts;
import io.weir.feecenter.account.FeeCenterAccounts;
import io.weir.feecenter.account.OperatorAccess;
import io.weir.wire.Secret;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Signing in to the console, to the fee center, and as the operator; three doors, since they are three different parties. */
final class SignInPages {

    private final Pages pages;
    private final Visits visits;
    private final ConsoleAccounts people;
    private final FeeCenterAccounts payers;
    private final Supplier<List<String>> sites;
    private final OperatorAccess operator;

    SignInPages(
            Pages pages,
            Visits visits,
            ConsoleAccounts people,
            FeeCenterAccounts payers,
            Supplier<List<String>> sites,
            OperatorAccess operator) {
        this.pages = pages;
        this.visits = visits;
        this.people = people;
        this.payers = payers;
        this.sites = sites;
        this.operator = operator;
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/", SignInPages::home)
                .get("/sign-in", this::form)
                .post("/sign-in", context -> pages.submit(context, () -> signIn(context), this::form))
                .get("/fee-center/sign-in", context -> pages.show(context, "fee-center-sign-in"))
                .post("/fee-center/sign-in", this::feeCenter)
                .get("/operator/sign-in", context -> pages.show(context, "operator-sign-in"))
                .post("/operator/sign-in", this::operator)
                .post("/sign-out", this::signOut);
    }

    private static void home(Context context) {
        Frame frame = Frame.of(context);
        context.redirect(frame.person() == null && frame.payer() != null ? "/fee-center" : "/workspaces");
    }

    private void form(Context context) {
        pages.show(context, "sign-in", Map.of("sites", sites.get()));
    }

    private String signIn(Context context) {
        String person = people.signIn(Pages.typed(context, "site"), Pages.typed(context, "login"), password(context))
                .consoleAccountId();
        visits.signIn(context, session -> session.withPerson(person));
        return "/workspaces";
    }

    private void feeCenter(Context context) {
        pages.submit(
                context,
                () -> {
                    String payer = payers.signIn(Pages.typed(context, "login"), password(context))
                            .accountId();
                    visits.signIn(context, session -> session.withPayer(payer));
                    return "/fee-center";
                },
                again -> pages.show(again, "fee-center-sign-in"));
    }

    private void operator(Context context) {
        pages.submit(
                context,
                () -> {
                    operator.signIn(password(context));
                    visits.signIn(context, Session::withOperator);
                    return "/operator";
                },
                again -> pages.show(again, "operator-sign-in"));
    }

    private void signOut(Context context) {
        visits.signOut(context);
        context.redirect("/sign-in?said=signed-out");
    }

    /** As it was typed: spaces belong to a password. */
    static Secret password(Context context) {
        return new Secret(Objects.requireNonNullElse(context.formParam("password"), ""));
    }
}
