package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.ContactChanges;
import io.weir.feecenter.account.FeeCenterAccount;
import java.util.Locale;

/** An account's own data. What may change changes by a code that is sent to the present e-mail address. */
final class PayerPages {

    private final Pages pages;
    private final ContactChanges changes;

    PayerPages(Pages pages, ContactChanges changes) {
        this.pages = pages;
        this.changes = changes;
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/fee-center/account", this::account)
                .post("/fee-center/account/code", context -> pages.submit(context, () -> code(context), this::account))
                .post(
                        "/fee-center/account/email",
                        context -> pages.submit(context, () -> email(context), this::account))
                .post(
                        "/fee-center/account/phone",
                        context -> pages.submit(context, () -> phone(context), this::account));
    }

    private void account(Context context) {
        Visits.payer(context);
        pages.show(context, "account");
    }

    private String code(Context context) {
        changes.sendCode(Visits.payer(context).accountId(), language(context));
        return "/fee-center/account?said=code-sent";
    }

    private String email(Context context) {
        FeeCenterAccount payer = Visits.payer(context);
        changes.changeEmail(
                payer.accountId(), Pages.typed(context, "code"), Pages.typed(context, "email"), language(context));
        return "/fee-center/account?said=email-changed";
    }

    private String phone(Context context) {
        changes.changePhone(
                Visits.payer(context).accountId(), Pages.typed(context, "code"), Pages.typed(context, "phone"));
        return "/fee-center/account?said=phone-changed";
    }

    private static Locale language(Context context) {
        return Frame.of(context).words().language();
    }
}
