package io.weir.feecenter.settlement;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A link with which a customer of a cloud's marketplace signs up here, once.
 *
 * @param linkId its number
 * @param method whose marketplace it is
 * @param customerIdentifier the customer's account there, which will pay
 * @param site where the workspace will live
 * @param madeAt by people's time
 * @param expiresAt from then on it opens nothing
 * @param workspaceId what it became; null while nobody has signed up with it
 */
public record MarketplaceLink(
        long linkId,
        SettlementMethod method,
        String customerIdentifier,
        String site,
        Instant madeAt,
        Instant expiresAt,
        @Nullable String workspaceId) {

    /** Whether somebody may still sign up with it. */
    public boolean isOpen(Instant now) {
        return workspaceId == null && now.isBefore(expiresAt);
    }
}
