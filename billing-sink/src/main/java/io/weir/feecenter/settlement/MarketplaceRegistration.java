package io.weir.feecenter.settlement;

import io.weir.feecenter.account.CommercialRegistration;
import io.weir.feecenter.account.CommercialRegistration.Form;
import io.weir.feecenter.account.CommercialRegistration.Registered;
import io.weir.feecenter.account.Upgrades.Acceptance;
import java.time.Instant;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;

/**
 * The way onto the commercial plan from a cloud's marketplace (fee-center-rules.md §4): as the direct one, and the cloud account by
 * which the person comes pays for the workspace, which no other cloud may do. All of it, or nothing.
 */
public final class MarketplaceRegistration {

    private final CommercialRegistration registration;
    private final InstantSource clock;

    /** Adds the cloud account to this way of registering. */
    public MarketplaceRegistration(CommercialRegistration registration, InstantSource clock) {
        this.registration = registration;
        this.clock = clock;
    }

    /**
     * Registers.
     *
     * @param code as sent by {@link io.weir.feecenter.account.Codes#sendToRegister}
     * @param cloud whose marketplace it is; not the fee center
     * @param customer the person's account there, as the marketplace says
     * @throws io.weir.feecenter.account.AccountRefused as {@link CommercialRegistration#register}, or if the cloud account is
     *     registered already and has not ended
     */
    public Registered register(Form form, String code, Acceptance acceptance, SettlementMethod cloud, String customer) {
        return registration.register(
                form, code, acceptance, (handle, registered) -> bind(handle, registered, cloud, customer));
    }

    private void bind(Handle handle, Registered registered, SettlementMethod cloud, String customer) {
        Instant now = clock.instant();
        String currency = registered.account().currency().name();
        CloudAccount paying =
                CloudAccounts.register(handle, registered.account().accountId(), currency, cloud, customer, now);
        SettlementMethods.add(handle, registered.workspace().workspaceId(), paying, "MARKETPLACE", null, now);
    }
}
