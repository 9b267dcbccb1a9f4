package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.ForgottenPasswords;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** New passwords for those that are forgotten, by a code. Whoever was signed in with the old one is not any more. */
final class ForgottenPages {

    private static final String CONSOLE = "/forgotten";
    private static final String FEE_CENTER = "/fee-center/forgotten";

    private final Pages pages;
    private final Visits visits;
    private final ForgottenPasswords passwords;
    private final Supplier<List<String>> sites;

    ForgottenPages(Pages pages, Visits visits, ForgottenPasswords passwords, Supplier<List<String>> sites) {
        this.pages = pages;
        this.visits = visits;
        this.passwords = passwords;
        this.sites = sites;
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get(CONSOLE, this::console)
                .post(CONSOLE, context -> pages.submit(context, () -> sendConsole(context), this::console))
                .get(CONSOLE + "/password", this::newConsole)
                .post(
                        CONSOLE + "/password",
                        context -> pages.submit(context, () -> renewConsole(context), this::newConsole))
                .get(FEE_CENTER, this::feeCenter)
                .post(FEE_CENTER, context -> pages.submit(context, () -> sendFeeCenter(context), this::feeCenter))
                .get(FEE_CENTER + "/password", this::newFeeCenter)
                .post(
                        FEE_CENTER + "/password",
                        context -> pages.submit(context, () -> renewFeeCenter(context), this::newFeeCenter));
    }

    private void console(Context context) {
        pages.show(context, "forgotten", Map.of("sites", sites.get()));
    }

    private void feeCenter(Context context) {
        pages.show(context, "fee-center-forgotten");
    }

    private String sendConsole(Context context) {
        String site = Pages.typed(context, "site");
        String email = Pages.typed(context, "email");
        passwords.sendConsoleCode(site, email, language(context));
        return CONSOLE
                + "/password?said=code-sent-perhaps&site=%s&email=%s"
                        .formatted(Pages.encoded(site), Pages.encoded(email));
    }

    private String sendFeeCenter(Context context) {
        String userName = Pages.typed(context, "user-name");
        passwords.sendFeeCenterCode(userName, language(context));
        return FEE_CENTER + "/password?said=code-sent-perhaps&user-name=" + Pages.encoded(userName);
    }

    private void newConsole(Context context) {
        pages.show(
                context,
                "forgotten-password",
                Map.of(
                        "action",
                        CONSOLE,
                        "known",
                        Map.of("site", given(context, "site"), "email", given(context, "email"))));
    }

    private void newFeeCenter(Context context) {
        pages.show(
                context,
                "forgotten-password",
                Map.of("action", FEE_CENTER, "known", Map.of("user-name", given(context, "user-name"))));
    }

    private String renewConsole(Context context) {
        String person = passwords.renewConsole(
                Pages.typed(context, "site"),
                Pages.typed(context, "email"),
                Pages.typed(context, "code"),
                SignInPages.password(context),
                language(context));
        visits.endAllOfPerson(person);
        return "/sign-in?said=password-renewed";
    }

    private String renewFeeCenter(Context context) {
        String account = passwords.renewFeeCenter(
                Pages.typed(context, "user-name"),
                Pages.typed(context, "code"),
                SignInPages.password(context),
                language(context));
        visits.endAllOfPayer(account);
        return "/fee-center/sign-in?said=password-renewed";
    }

    private static String given(Context context, String field) {
        return Objects.requireNonNullElse(context.queryParam(field), Pages.typed(context, field));
    }

    private static Locale language(Context context) {
        return Frame.of(context).words().language();
    }
}
