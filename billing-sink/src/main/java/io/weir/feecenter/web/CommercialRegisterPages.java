package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.CommercialRegistration;
import io.weir.feecenter.account.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Registering for the commercial plan at once: a console account, a fee-center account and a workspace that it pays for. */
final class CommercialRegisterPages {

    private static final String PATH = "/register/commercial";

    private final Pages pages;
    private final Visits visits;
    private final CommercialRegistration registration;
    private final Supplier<List<String>> sites;

    CommercialRegisterPages(
            Pages pages, Visits visits, CommercialRegistration registration, Supplier<List<String>> sites) {
        this.pages = pages;
        this.visits = visits;
        this.registration = registration;
        this.sites = sites;
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get(PATH, this::page).post(PATH, context -> pages.submit(context, () -> register(context), this::page));
    }

    private void page(Context context) {
        String email = Objects.requireNonNullElse(context.queryParam("email"), Pages.typed(context, "email"));
        pages.show(context, "register-commercial", Map.of("sites", sites.get(), "email", email));
    }

    private String register(Context context) {
        CommercialRegistration.Registered registered = registration.register(
                form(context, RegisterPages.site(context, sites.get())),
                Pages.typed(context, "code"),
                UpgradePages.acceptance(context));
        visits.signIn(
                context, session -> session.withPerson(registered.console().consoleAccountId()));
        return "/workspaces/%s?said=registered-commercial"
                .formatted(registered.workspace().workspaceId());
    }

    /** What a person filled in, for this site. */
    static CommercialRegistration.Form form(Context context, String site) {
        return new CommercialRegistration.Form(
                site,
                Pages.typed(context, "email"),
                Pages.typed(context, "phone"),
                Pages.typed(context, "user-name"),
                SignInPages.password(context),
                Pages.oneOf(Currency.class, context, "currency"),
                Pages.typed(context, "workspace"));
    }
}
