package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a cloud account stands now.
 *
 * @param cloudAccountId its number here
 * @param account user name of the fee-center account that registered it
 * @param customerIdentifier its id in the cloud
 * @param endedAt when it was unsubscribed; null while it lives
 * @param workspaces for how many it pays now
 * @param due from it in all; negative is a credit for later days
 */
public record CloudStanding(
        long cloudAccountId,
        String account,
        SettlementMethod method,
        String customerIdentifier,
        Instant registeredAt,
        @Nullable Instant endedAt,
        long workspaces,
        BigDecimal due,
        String currency) {}
