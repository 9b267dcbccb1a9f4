package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.Codes;
import io.weir.feecenter.account.ConsoleAccounts;
import io.weir.feecenter.account.Plan;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Registering with the console: first the e-mail address, to which a code is sent, and then the rest. */
final class RegisterPages {

    private final Pages pages;
    private final Visits visits;
    private final ConsoleAccounts people;
    private final Codes codes;
    private final Supplier<List<String>> sites;

    RegisterPages(Pages pages, Visits visits, ConsoleAccounts people, Codes codes, Supplier<List<String>> sites) {
        this.pages = pages;
        this.visits = visits;
        this.people = people;
        this.codes = codes;
        this.sites = sites;
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/register", this::address)
                .post("/register", context -> pages.submit(context, () -> sendCode(context), this::address))
                .get("/register/account", this::account)
                .post("/register/account", context -> pages.submit(context, () -> register(context), this::account));
    }

    private void address(Context context) {
        pages.show(context, "register");
    }

    private String sendCode(Context context) {
        String email = Pages.typed(context, "email");
        codes.sendToRegister(email, Frame.of(context).words().language());
        boolean commercial = Pages.typed(context, "plan").equals(Plan.COMMERCIAL.name());
        return (commercial ? "/register/commercial" : "/register/account") + "?said=code-sent&email="
                + Pages.encoded(email);
    }

    private void account(Context context) {
        String email = Objects.requireNonNullElse(context.queryParam("email"), Pages.typed(context, "email"));
        pages.show(context, "register-account", Map.of("sites", sites.get(), "email", email));
    }

    /** The code first: whoever does not have it is not told which addresses are registered. */
    private String register(Context context) {
        String site = site(context, sites.get());
        String email = Pages.typed(context, "email");
        codes.useToRegister(email, Pages.typed(context, "code"));
        String person = people.register(
                        site,
                        email,
                        Pages.typed(context, "phone"),
                        Pages.typed(context, "name"),
                        SignInPages.password(context))
                .consoleAccountId();
        visits.signIn(context, session -> session.withPerson(person));
        return "/workspaces?said=registered";
    }

    /**
     * The site that was chosen, before anything is done there.
     *
     * @param sites those that there are
     * @throws InputRefused if it is none of them
     */
    static String site(Context context, List<String> sites) {
        String chosen = Pages.typed(context, "site");
        if (!sites.contains(chosen)) {
            throw new InputRefused("Refusal.SITE_INVALID");
        }
        return chosen;
    }
}
