package io.weir.feecenter.settlement;

import io.weir.feecenter.account.AccountRefused;
import io.weir.feecenter.account.CommercialRegistration;
import io.weir.feecenter.account.CommercialRegistration.Form;
import io.weir.feecenter.account.CommercialRegistration.Registered;
import io.weir.feecenter.account.Refusal;
import io.weir.feecenter.account.Upgrades.Acceptance;
import io.weir.wire.Secret;
import java.time.Instant;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;

/**
 * The way onto the commercial plan from a cloud's marketplace (fee-center-rules.md §4): as the direct one, and the cloud account by
 * which the person comes pays for the workspace, which nothing else may do. All of it, or nothing.
 */
public final class MarketplaceRegistration {

    private final CommercialRegistration registration;
    private final MarketplaceLinks links;
    private final InstantSource clock;

    /**
     * Adds the cloud account to this way of registering.
     *
     * @param clock the time by which is bound and settled
     */
    public MarketplaceRegistration(CommercialRegistration registration, MarketplaceLinks links, InstantSource clock) {
        this.registration = registration;
        this.links = links;
        this.clock = clock;
    }

    /**
     * Registers, and uses the link up.
     *
     * @param link by which the person comes; it names cloud, customer and site
     * @param form with the link's site
     * @param code as sent by {@link io.weir.feecenter.account.Codes#sendToRegister}
     * @throws AccountRefused as {@link CommercialRegistration#register}, if the link has ended, or if the cloud account is
     *     registered already and has not ended
     */
    public Registered register(Secret link, Form form, String code, Acceptance acceptance) {
        MarketplaceLink opened = links.open(link)
                .orElseThrow(() -> new AccountRefused(Refusal.LINK_ENDED, "there is no such link, or it has ended"));
        if (!opened.site().equals(form.site())) {
            throw new AccountRefused(
                    Refusal.SITE_INVALID, "[%s] is not the site of link %d".formatted(form.site(), opened.linkId()));
        }
        return registration.register(form, code, acceptance, (handle, registered) -> bind(handle, registered, opened));
    }

    private void bind(Handle handle, Registered registered, MarketplaceLink link) {
        Instant now = clock.instant();
        String account = registered.account().accountId();
        String currency = registered.account().currency().name();
        String workspace = registered.workspace().workspaceId();
        links.use(handle, link, workspace);
        CloudAccount paying =
                CloudAccounts.register(handle, account, currency, link.method(), link.customerIdentifier(), now);
        SettlementMethods.add(handle, workspace, paying, "MARKETPLACE", null, now);
    }
}
