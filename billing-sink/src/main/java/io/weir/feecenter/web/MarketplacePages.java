package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.Codes;
import io.weir.feecenter.account.CommercialRegistration.Registered;
import io.weir.feecenter.settlement.MarketplaceLink;
import io.weir.feecenter.settlement.MarketplaceLinks;
import io.weir.feecenter.settlement.MarketplaceRegistration;
import io.weir.wire.Secret;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Registering by a link from a cloud's marketplace: first the e-mail address, to which a code is sent, and then the rest. */
final class MarketplacePages {

    private static final String PATH = "/register/marketplace/{link}";
    private static final int GONE = 410;

    private final Pages pages;
    private final Visits visits;
    private final Codes codes;
    private final MarketplaceLinks links;
    private final MarketplaceRegistration registration;

    MarketplacePages(
            Pages pages, Visits visits, Codes codes, MarketplaceLinks links, MarketplaceRegistration registration) {
        this.pages = pages;
        this.visits = visits;
        this.codes = codes;
        this.links = links;
        this.registration = registration;
    }

    /** The path of the page for a link with this end. */
    static String address(String token) {
        return PATH.replace("{link}", token);
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get(PATH, context -> withLink(context, this::addressForm))
                .post(
                        PATH,
                        context -> withLink(
                                context,
                                (it, link) -> pages.submit(it, () -> sendCode(it), again -> addressForm(again, link))))
                .get(PATH + "/account", context -> withLink(context, this::accountForm))
                .post(
                        PATH + "/account",
                        context -> withLink(
                                context,
                                (it, link) ->
                                        pages.submit(it, () -> register(it, link), again -> accountForm(again, link))));
    }

    private static Secret token(Context context) {
        return new Secret(context.pathParam("link"));
    }

    /** Says that a link has ended where it has, or was never made: which of them is not said. */
    private void withLink(Context context, BiConsumer<Context, MarketplaceLink> page) {
        Optional<MarketplaceLink> link = links.open(token(context));
        if (link.isEmpty()) {
            context.status(GONE);
            pages.show(context, "marketplace-ended");
            return;
        }
        page.accept(context, link.get());
    }

    private void addressForm(Context context, MarketplaceLink link) {
        pages.show(context, "marketplace", Map.of("link", link, "page", here(context)));
    }

    private void accountForm(Context context, MarketplaceLink link) {
        String email = Objects.requireNonNullElse(context.queryParam("email"), Pages.typed(context, "email"));
        pages.show(context, "marketplace-account", Map.of("link", link, "page", here(context), "email", email));
    }

    private static String here(Context context) {
        return address(Pages.encoded(token(context).value()));
    }

    private String sendCode(Context context) {
        String email = Pages.typed(context, "email");
        codes.sendToRegister(email, Frame.of(context).words().language());
        return here(context) + "/account?said=code-sent&email=" + Pages.encoded(email);
    }

    private String register(Context context, MarketplaceLink link) {
        Registered registered = registration.register(
                token(context),
                CommercialRegisterPages.form(context, link.site()),
                Pages.typed(context, "code"),
                UpgradePages.acceptance(context));
        visits.signIn(
                context, session -> session.withPerson(registered.console().consoleAccountId()));
        return "/workspaces/%s?said=registered-marketplace"
                .formatted(registered.workspace().workspaceId());
    }
}
