package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sum of some daily details in one currency.
 *
 * @param of the workspace, item, day, site or month
 * @param lines how many they are
 * @param payable sum of their amounts, in {@code currency}
 * @param paidBy what paid for those that are settled
 * @param open what is payable of those that are not settled yet
 */
public record DetailSum(String of, String currency, long lines, BigDecimal payable, PaidBy paidBy, BigDecimal open) {

    /** The sum of sums, all in one currency. */
    public static DetailSum total(String of, String currency, List<DetailSum> sums) {
        DetailSum nothing = new DetailSum(of, currency, 0, BigDecimal.ZERO, PaidBy.NOTHING, BigDecimal.ZERO);
        return sums.stream().reduce(nothing, DetailSum::plus);
    }

    /** Of sums in their order those that come behind the one of this; all of them for null. */
    public static List<DetailSum> behind(@Nullable String of, List<DetailSum> sums) {
        return sums.stream()
                .filter(sum -> of == null || sum.of.compareTo(of) > 0)
                .toList();
    }

    private DetailSum plus(DetailSum more) {
        return new DetailSum(
                of,
                currency,
                lines + more.lines,
                payable.add(more.payable),
                paidBy.plus(more.paidBy),
                open.add(more.open));
    }
}
