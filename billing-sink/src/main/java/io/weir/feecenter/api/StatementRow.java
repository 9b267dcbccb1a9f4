package io.weir.feecenter.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * A monthly statement.
 *
 * @param number unique, such as {@code 202603-000007}
 * @param month such as {@code 2026-03}
 * @param amount sum of its lines, in {@code currency}, with two decimals
 * @param paidBy what each kind of purse paid of it
 */
record StatementRow(
        String number, String month, BigDecimal amount, String currency, JsonNode paidBy, Instant issuedAt) {

    /** Writes the amount in one way. */
    StatementRow {
        amount = Rows.amount(amount);
    }

    List<?> place() {
        return List.of(number);
    }
}
