package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a wallet holds (fee-center-rules.md §5), each in the account's currency. What has expired counts nothing.
 *
 * @param cash money that was topped up
 * @param vouchers ordinary vouchers and those with a threshold
 * @param cards prepaid cards
 * @param owed what the account owes; never negative
 */
public record Balances(BigDecimal cash, BigDecimal vouchers, BigDecimal cards, BigDecimal owed) {

    /** The sums of these purses at an instant. */
    public static Balances of(List<Purse> purses, Instant now) {
        return new Balances(
                sum(purses, now, Set.of(PurseKind.CASH)),
                sum(purses, now, Set.of(PurseKind.VOUCHER, PurseKind.THRESHOLD_VOUCHER)),
                sum(purses, now, Set.of(PurseKind.CARD)),
                sum(purses, now, Set.of(PurseKind.DEBT)).negate());
    }

    private static BigDecimal sum(List<Purse> purses, Instant now, Set<PurseKind> kinds) {
        return purses.stream()
                .filter(purse -> kinds.contains(purse.kind()) && !purse.isExpired(now))
                .map(Purse::balance)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
