package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Which purses get back what a correction takes off a day. Under the fee-center method debt goes first; then everybody gets back
 * what he paid for this very charge, in the reverse of the paying order, so that cash (or the cloud account) comes before cards and
 * cards before vouchers.
 */
public final class Refund {

    private static final Comparator<Purse> GIVING_ORDER = Purse.PAYING_ORDER.reversed();

    private Refund() {}

    /**
     * Negative shares that sum to the amount of the charge.
     *
     * @param charge its amount is not positive
     * @param purses those of the account that the settlement method of the charge's day allows, with cash or a cloud account
     * @param paid what each purse, by its id, has paid for the lines before of the same charge, less what it got back
     * @throws IllegalArgumentException if the amount is positive, or nobody can take the rest
     */
    public static List<Share> of(Charge charge, List<Purse> purses, Map<Long, BigDecimal> paid) {
        if (charge.amount().signum() > 0) {
            throw new IllegalArgumentException("%s cannot be given back: it is to be paid".formatted(charge.amount()));
        }
        BigDecimal left = charge.amount().negate();
        List<Share> shares = new ArrayList<>();
        for (Purse purse : purses.stream().sorted(GIVING_ORDER).toList()) {
            BigDecimal part = left.min(roomIn(purse, paid));
            if (part.signum() > 0) {
                shares.add(new Share(purse, part.negate()));
                left = left.subtract(part);
            }
        }
        return left.signum() == 0 ? shares : withRest(left, shares, purses);
    }

    /** A debt takes what it is, whatever it came from. */
    private static BigDecimal roomIn(Purse purse, Map<Long, BigDecimal> paid) {
        return purse.kind() == PurseKind.DEBT
                ? purse.balance().negate()
                : paid.getOrDefault(purse.id(), BigDecimal.ZERO);
    }

    /** What had been debt and was paid since comes back as cash; what a cloud account did not pay becomes its credit. */
    private static List<Share> withRest(BigDecimal rest, List<Share> shares, List<Purse> purses) {
        Purse last = purses.stream()
                .filter(purse -> purse.kind() == PurseKind.CASH || purse.kind() == PurseKind.CLOUD)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nobody takes %s back".formatted(rest)));
        BigDecimal already = shares.stream()
                .filter(share -> share.purse().id() == last.id())
                .map(Share::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        List<Share> all = new ArrayList<>(shares);
        all.removeIf(share -> share.purse().id() == last.id());
        all.add(new Share(last, already.subtract(rest)));
        return all;
    }
}
