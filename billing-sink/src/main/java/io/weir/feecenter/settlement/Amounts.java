package io.weir.feecenter.settlement;

import java.math.BigDecimal;

/** Amounts as people read them. */
final class Amounts {

    private Amounts() {}

    /** Two decimals and the currency, e.g. {@code 12.50 CNY}. */
    static String text(BigDecimal amount, String currency) {
        return amount.setScale(2).toPlainString() + " " + currency;
    }
}
