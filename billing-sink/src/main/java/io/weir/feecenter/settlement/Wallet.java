package io.weir.feecenter.settlement;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The purses of one fee-center account.
 *
 * @param accountId the fee-center account
 * @param currency of everything in it; never changes
 * @param arrearsSince since when it has debt; null without debt
 * @param lockedSince since when its workspaces are locked for arrears; null if they are not
 */
public record Wallet(
        String accountId,
        String currency,
        @Nullable Instant arrearsSince,
        @Nullable Instant lockedSince) {

    /** Since when there is debt. */
    public Optional<Instant> inArrears() {
        return Optional.ofNullable(arrearsSince);
    }

    /** Since when the account is locked. */
    public Optional<Instant> locked() {
        return Optional.ofNullable(lockedSince);
    }
}
