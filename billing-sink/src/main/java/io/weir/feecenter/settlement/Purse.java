package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What money lies in, or is owed.
 *
 * @param id its number in the database
 * @param kind what it holds
 * @param balance what is in it, in the account's currency; never negative but for {@code DEBT} and {@code CLOUD}
 * @param expiresAt it pays for days that ended by then; null if it never expires
 * @param threshold what the month's spend has to reach before it pays; null if it pays at once
 */
public record Purse(
        long id,
        PurseKind kind,
        BigDecimal balance,
        @Nullable Instant expiresAt,
        @Nullable BigDecimal threshold) {

    /** The order in which purses pay: by kind, then what expires soonest, then the oldest. */
    static final Comparator<Purse> PAYING_ORDER = Comparator.comparing(Purse::kind)
            .thenComparing(Purse::expiresAt, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(Purse::id);

    /** Whether it pays for no day that ends at this instant. */
    public boolean isExpired(Instant at) {
        return expiresAt != null && at.isAfter(expiresAt);
    }

    /** Whether it may pay for this charge, whatever is in it. */
    boolean maySettle(Charge charge) {
        return !isExpired(charge.dayEnd())
                && (threshold == null || charge.spendOfMonth().compareTo(threshold) >= 0)
                && !(kind.isVoucher() && charge.isWithoutVouchers());
    }

    /** The purse after this amount came in, or went out if it is negative. */
    Purse with(BigDecimal amount) {
        return new Purse(id, kind, balance.add(amount), expiresAt, threshold);
    }
}
