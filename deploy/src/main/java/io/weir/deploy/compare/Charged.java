package io.weir.deploy.compare;

import java.math.BigDecimal;

/**
 * What a row of a bill charges.
 *
 * @param quantity in base units of the item
 * @param amount in {@code currency}
 * @param currency {@code CNY} or {@code USD}
 */
record Charged(BigDecimal quantity, BigDecimal amount, String currency) {

    /** Whether both are the same numbers, however they are written: 1.5 is 1.50. */
    boolean isSameAs(Charged other) {
        return quantity.compareTo(other.quantity) == 0
                && amount.compareTo(other.amount) == 0
                && currency.equals(other.currency);
    }

    /** The quantity as text, without trailing zeros. */
    String quantityText() {
        return quantity.stripTrailingZeros().toPlainString();
    }

    /** The amount as text. */
    String amountText() {
        return amount.toPlainString();
    }
}
