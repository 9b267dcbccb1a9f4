package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a voucher is.
 *
 * @param currency the accounts that may have it
 * @param amount positive, with at most two decimals
 * @param threshold what the month's spend has to reach before it pays; null for an ordinary voucher
 * @param expiresAt it is activated before then and pays for days that ended by then
 */
public record VoucherTerms(
        String currency, BigDecimal amount, @Nullable BigDecimal threshold, Instant expiresAt) {

    /** Refuses amounts that are not positive with at most two decimals. */
    public VoucherTerms {
        Wallets.requirePositive(amount);
        if (threshold != null) {
            Wallets.requirePositive(threshold);
        }
    }

    /** Ordinary, or with a threshold. */
    PurseKind kind() {
        return threshold == null ? PurseKind.VOUCHER : PurseKind.THRESHOLD_VOUCHER;
    }
}
