/**
 * Bill lines that stand in the ledger are paid: from the purses of their fee-center account, or by a cloud account.
 *
 * <p>Read {@link io.weir.feecenter.settlement.Deduction} and {@link io.weir.feecenter.settlement.Refund} first, which say who pays,
 * then {@link io.weir.feecenter.settlement.Settling}, which does it. Amounts are exact decimals of a currency with two digits.
 * Every movement of money is a double entry; a purse's balance follows from its entries.
 */
@NullMarked
package io.weir.feecenter.settlement;

import org.jspecify.annotations.NullMarked;
