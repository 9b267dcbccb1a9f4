package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;

/**
 * What has to be settled.
 *
 * @param item the item of the catalogue that is charged
 * @param amount in the account's currency; positive to be paid, negative to be given back
 * @param dayEnd when the billing day ended: what a purse is worth is judged at that instant, however late the day is settled
 * @param spendOfMonth sum of the account's lines of the same calendar month that were settled before
 */
public record Charge(String item, BigDecimal amount, Instant dayEnd, BigDecimal spendOfMonth) {

    private static final Set<String> WITHOUT_VOUCHERS = Set.of("sms", "synthetic");

    /** Whether vouchers may not pay for it: SMS and synthetic tests (fee-center-rules.md §5). */
    boolean isWithoutVouchers() {
        return WITHOUT_VOUCHERS.contains(item);
    }
}
