package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an account was charged for a month. It never changes: what corrects the month later stands on the next one.
 *
 * @param number unique, e.g. {@code 202603-000007}: the seventh statement of March 2026
 * @param amount sum of its lines, in {@code currency}
 * @param paidBy what each kind of purse paid of it, in the paying order; negative where it got back more than it paid
 * @param issuedAt when it was issued
 */
public record MonthlyStatement(
        String number,
        String accountId,
        YearMonth month,
        BigDecimal amount,
        String currency,
        Map<PurseKind, BigDecimal> paidBy,
        Instant issuedAt) {

    /** A copy of the shares that keeps their order. */
    public MonthlyStatement {
        paidBy = Collections.unmodifiableMap(new TreeMap<>(paidBy));
    }
}
