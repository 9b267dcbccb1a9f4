package io.weir.feecenter.api;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line as it stands on a monthly statement.
 *
 * @param retentionDays in days; null for items without one
 * @param quantity this line's own difference, in base units of the item
 * @param amount this line's own difference, in {@code currency}, with two decimals
 * @param settlementMethod under which it was settled
 * @param adjustment whether it corrects a day of an earlier month, whose statement had been issued
 */
record StatementLineRow(
        String lineId,
        LocalDate day,
        String workspaceId,
        String resource,
        String item,
        @Nullable Integer retentionDays,
        int revision,
        BigDecimal quantity,
        BigDecimal amount,
        String currency,
        String settlementMethod,
        boolean adjustment) {

    /** Writes each figure in one way. */
    StatementLineRow {
        quantity = Rows.quantity(quantity);
        amount = Rows.amount(amount);
    }

    List<?> place() {
        return List.of(day, lineId);
    }
}
