package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.Adoption;
import io.weir.feecenter.account.ConsoleAccounts;
import io.weir.feecenter.account.FeeCenterAccount;
import io.weir.feecenter.account.FeeCenterAccounts;
import io.weir.feecenter.settlement.ArbitraryChoices;
import java.util.Map;

/** For whoever runs the fee center: conservation, what is held back, and what only the operator knows about accounts. */
final class OperatorPages {

    private static final String ACCOUNTS = "/operator/accounts";

    private final Pages pages;
    private final OperatorQuery query;
    private final FeeCenterAccounts payers;
    private final ConsoleAccounts people;
    private final Adoption adoption;
    private final ArbitraryChoices choices;

    OperatorPages(
            Pages pages,
            OperatorQuery query,
            FeeCenterAccounts payers,
            ConsoleAccounts people,
            Adoption adoption,
            ArbitraryChoices choices) {
        this.pages = pages;
        this.query = query;
        this.payers = payers;
        this.people = people;
        this.adoption = adoption;
        this.choices = choices;
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/operator", this::overview)
                .get(ACCOUNTS, this::accounts)
                .post(ACCOUNTS + "/certify", context -> pages.submit(context, () -> certify(context), this::accounts))
                .post(ACCOUNTS + "/access", context -> pages.submit(context, () -> giveAccess(context), this::accounts))
                .post(ACCOUNTS + "/choice", context -> pages.submit(context, () -> letChoose(context), this::accounts))
                .post(ACCOUNTS + "/owner", context -> pages.submit(context, () -> giveOwner(context), this::accounts));
    }

    private void overview(Context context) {
        Visits.operator(context);
        pages.show(
                context,
                "operator",
                Map.of(
                        "arrivals", query.arrivals(),
                        "money", query.money(),
                        "waiting", query.waiting(),
                        "stopped", query.stopped(),
                        "held", query.held()));
    }

    private void accounts(Context context) {
        Visits.operator(context);
        pages.show(context, "operator-accounts");
    }

    private String certify(Context context) {
        Visits.operator(context);
        payers.certify(payer(context).accountId(), Pages.typed(context, "enterprise"));
        return ACCOUNTS + "?said=certified";
    }

    private String giveAccess(Context context) {
        Visits.operator(context);
        adoption.giveAccess(payer(context).accountId(), Pages.typed(context, "email"), SignInPages.password(context));
        return ACCOUNTS + "?said=access-given";
    }

    private String giveOwner(Context context) {
        Visits.operator(context);
        adoption.giveOwner(Pages.typed(context, "workspace"), person(context), Pages.typed(context, "name"));
        return ACCOUNTS + "?said=owner-given";
    }

    private String letChoose(Context context) {
        Visits.operator(context);
        if (context.formParam("any") == null) {
            choices.take(person(context));
        } else {
            choices.give(person(context));
        }
        return ACCOUNTS + "?said=choice-set";
    }

    private String person(Context context) {
        return people.byEmail(Pages.typed(context, "site"), Pages.typed(context, "email"))
                .orElseThrow(() -> new InputRefused("Refusal.NOT_FOUND"))
                .consoleAccountId();
    }

    private FeeCenterAccount payer(Context context) {
        return payers.byUserName(Pages.typed(context, "user-name"))
                .orElseThrow(() -> new InputRefused("Refusal.NOT_FOUND"));
    }
}
