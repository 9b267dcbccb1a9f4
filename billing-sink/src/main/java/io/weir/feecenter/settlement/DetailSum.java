package io.weir.feecenter.settlement;

import java.math.BigDecimal;

/**
 * The sum of some daily details in one currency.
 *
 * @param of the workspace, item, day, site or month
 * @param lines how many they are
 * @param payable sum of their amounts, in {@code currency}
 * @param paidBy what paid for those that are settled
 * @param open what is payable of those that are not settled yet
 */
public record DetailSum(String of, String currency, long lines, BigDecimal payable, PaidBy paidBy, BigDecimal open) {}
