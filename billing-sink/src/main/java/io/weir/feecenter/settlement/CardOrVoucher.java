package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A prepaid card or a voucher of an account, from when it came into the wallet.
 *
 * @param kind a card, or a voucher of either kind
 * @param origin the movement by which it came; null for a card whose whole price filled debt
 * @param reference of that movement; null as {@code origin}
 * @param receivedAt when it came; null as {@code origin}
 * @param received what was on it at first, in {@code currency}; less than a card's price where debt was filled first
 * @param balance what is left on it, which counts nothing once it has expired
 * @param threshold what the month's spend has to reach before it pays; null if it pays at once
 * @param expiresAt it pays for days that ended by then
 */
public record CardOrVoucher(
        PurseKind kind,
        @Nullable MovementKind origin,
        @Nullable String reference,
        @Nullable Instant receivedAt,
        BigDecimal received,
        BigDecimal balance,
        @Nullable BigDecimal threshold,
        Instant expiresAt,
        String currency) {

    /** Whether it pays for no day that ends at this instant. */
    public boolean isExpired(Instant at) {
        return at.isAfter(expiresAt);
    }
}
