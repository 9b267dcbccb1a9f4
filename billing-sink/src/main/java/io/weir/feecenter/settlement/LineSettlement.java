package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a line was settled.
 *
 * @param method under which it was, for ever
 * @param customerIdentifier the cloud account that settled it; null for the fee center
 * @param settledAt when
 * @param statement number of the monthly statement on which the line stands; null before that is issued
 * @param shares what paid; empty for a line of 0.00
 */
public record LineSettlement(
        SettlementMethod method,
        @Nullable String customerIdentifier,
        Instant settledAt,
        @Nullable String statement,
        List<PurseShare> shares) {

    /**
     * What one purse paid.
     *
     * @param purseId its number
     * @param expiresAt of the voucher or card; null for what never expires
     * @param amount in the line's currency, negative where the purse got back
     */
    public record PurseShare(
            long purseId, PurseKind kind, @Nullable Instant expiresAt, BigDecimal amount) {}
}
