package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.ContactChanges;
import io.weir.feecenter.account.FeeCenterAccount;
import io.weir.feecenter.account.MailLanguages;
import java.util.Locale;
import java.util.Map;

/** An account's own data. What may change changes by a code that is sent to the present e-mail address. */
final class PayerPages {

    private final Pages pages;
    private final ContactChanges changes;
    private final MailLanguages languages;

    PayerPages(Pages pages, ContactChanges changes, MailLanguages languages) {
        this.pages = pages;
        this.changes = changes;
        this.languages = languages;
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/fee-center/account", this::account)
                .post("/fee-center/account/code", context -> pages.submit(context, () -> code(context), this::account))
                .post(
                        "/fee-center/account/email",
                        context -> pages.submit(context, () -> email(context), this::account))
                .post(
                        "/fee-center/account/phone",
                        context -> pages.submit(context, () -> phone(context), this::account))
                .post(
                        "/fee-center/account/language",
                        context -> pages.submit(context, () -> mailLanguage(context), this::account));
    }

    private void account(Context context) {
        Locale mail = languages.of(Visits.payer(context).accountId());
        pages.show(context, "account", Map.of("mailLanguage", mail, "languages", Words.LANGUAGES));
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

    private String mailLanguage(Context context) {
        Locale chosen = Words.LANGUAGES.stream()
                .filter(language -> language.toLanguageTag().equals(Pages.typed(context, "language")))
                .findFirst()
                .orElseThrow(() -> new InputRefused("refused.choice"));
        languages.choose(Visits.payer(context).accountId(), chosen);
        return "/fee-center/account?said=language-chosen";
    }

    private static Locale language(Context context) {
        return Frame.of(context).words().language();
    }
}
