package io.weir.feecenter.api;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an account owes for one item of one resource on one day, net of all corrections.
 *
 * @param retentionDays in days; null for items without one
 * @param quantity in base units of the item
 * @param amount in {@code currency}, with two decimals
 * @param lines how many lines this is the sum of
 */
record BillRow(
        LocalDate day,
        String workspaceId,
        String resource,
        String item,
        @Nullable Integer retentionDays,
        BigDecimal quantity,
        BigDecimal amount,
        String currency,
        long lines) {

    /** Writes each figure in one way. */
    BillRow {
        quantity = Rows.quantity(quantity);
        amount = Rows.amount(amount);
    }

    List<?> place() {
        return List.of(day, workspaceId, resource, item, retentionDays == null ? -1 : retentionDays);
    }
}
