package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Amounts to the cent, as people read them. */
final class Amounts {

    private Amounts() {}

    /** The amount in a column of a row, with its two decimals. */
    static BigDecimal in(ResultSet row, String column) throws SQLException {
        return row.getBigDecimal(column).setScale(2);
    }

    /** Two decimals and the currency, e.g. {@code 12.50 CNY}. */
    static String text(BigDecimal amount, String currency) {
        return amount.setScale(2).toPlainString() + " " + currency;
    }
}
