package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.settlement.MarketplaceLinks;
import io.weir.feecenter.settlement.SettlementMethod;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Links for customers of a cloud's marketplace, which the operator gives away; each is shown once. */
final class OperatorMarketplace {

    private static final String PATH = "/operator/marketplace";

    private final Pages pages;
    private final MarketplaceLinks links;
    private final Supplier<List<String>> sites;
    private final URI console;
    private final InstantSource clock;

    /**
     * The page.
     *
     * @param console how browsers reach the console
     * @param clock people's time, by which links expire
     */
    OperatorMarketplace(
            Pages pages, MarketplaceLinks links, Supplier<List<String>> sites, URI console, InstantSource clock) {
        this.pages = pages;
        this.links = links;
        this.sites = sites;
        this.console = console;
        this.clock = clock;
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get(PATH, this::form).post(PATH, this::make);
    }

    private void form(Context context) {
        Visits.operator(context);
        show(context, "");
    }

    private void show(Context context, String made) {
        pages.show(
                context,
                "operator-marketplace",
                Map.of("made", made, "sites", sites.get(), "links", links.newest(), "now", clock.instant()));
    }

    /** Not by going on to another page: the link would stand in its address. */
    private void make(Context context) {
        Visits.operator(context);
        pages.answer(context, () -> show(context, link(context)), this::form);
    }

    private String link(Context context) {
        SettlementMethod cloud = Pages.oneOf(SettlementMethod.class, context, "cloud");
        String site = Pages.typed(context, "site");
        if (!cloud.isCloud()) {
            throw new InputRefused("refused.choice");
        }
        if (!sites.get().contains(site)) {
            throw new InputRefused("Refusal.SITE_INVALID");
        }
        String token = links.make(cloud, Pages.typed(context, "customer"), site, "operator")
                .value();
        return console.resolve(MarketplacePages.address(token)).toString();
    }
}
