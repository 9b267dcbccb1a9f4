package io.weir.feecenter.api;

import io.weir.feecenter.settlement.DetailSum;
import java.math.BigDecimal;
import java.util.List;

/**
 * The sum of some bill lines with what paid for them, all in {@code currency} and with two decimals.
 *
 * @param of the workspace, item, day, site or month; empty for workspaces whose site is not known
 * @param lines how many they are
 * @param payable sum of their amounts: what was paid, is owed and is open
 * @param owed what was owed when the lines were settled, whatever was paid since
 * @param open what is payable of those that are not settled yet
 */
record SumRow(
        String of,
        long lines,
        BigDecimal payable,
        BigDecimal voucher,
        BigDecimal card,
        BigDecimal cash,
        BigDecimal cloud,
        BigDecimal owed,
        BigDecimal open,
        String currency) {

    static SumRow of(DetailSum sum) {
        return new SumRow(
                sum.of(),
                sum.lines(),
                Rows.amount(sum.payable()),
                Rows.amount(sum.paidBy().voucher()),
                Rows.amount(sum.paidBy().card()),
                Rows.amount(sum.paidBy().cash()),
                Rows.amount(sum.paidBy().cloud()),
                Rows.amount(sum.paidBy().owed()),
                Rows.amount(sum.open()),
                sum.currency());
    }

    List<?> place() {
        return List.of(of);
    }
}
