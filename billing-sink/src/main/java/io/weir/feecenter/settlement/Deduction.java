package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Which purses pay for a charge (fee-center-rules.md §5): ordinary vouchers, threshold vouchers, prepaid cards, and then either cash
 * and debt, or the cloud account. Of one kind what expires soonest pays first.
 */
public final class Deduction {

    private Deduction() {}

    /**
     * Shares that sum to the amount of the charge.
     *
     * @param charge its amount is not negative
     * @param purses those of the account that the settlement method allows, with one that has no end among them
     * @throws IllegalArgumentException if the amount is negative, or if no purse has no end and the others do not suffice
     */
    public static List<Share> of(Charge charge, List<Purse> purses) {
        if (charge.amount().signum() < 0) {
            throw new IllegalArgumentException("%s cannot be deducted: it is a refund".formatted(charge.amount()));
        }
        List<Share> shares = new ArrayList<>();
        BigDecimal left = charge.amount();
        for (Purse purse : payingFor(charge, purses)) {
            BigDecimal part = purse.kind().isEndless() ? left : left.min(purse.balance());
            if (part.signum() > 0) {
                shares.add(new Share(purse, part));
                left = left.subtract(part);
            }
        }
        if (left.signum() != 0) {
            throw new IllegalArgumentException("nobody pays %s of %s".formatted(left, charge.amount()));
        }
        return shares;
    }

    private static List<Purse> payingFor(Charge charge, List<Purse> purses) {
        return purses.stream()
                .filter(purse -> purse.maySettle(charge))
                .sorted(Purse.PAYING_ORDER)
                .toList();
    }
}
