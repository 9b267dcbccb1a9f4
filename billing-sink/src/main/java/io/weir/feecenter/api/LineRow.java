package io.weir.feecenter.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bill line, with all that it came from (rules.md §7).
 *
 * @param retentionDays in days; null for items without one
 * @param revision 0 for the first line of its charge, then counting its corrections
 * @param quantity this line's own difference, in base units of the item
 * @param amount this line's own difference, in {@code currency}, with two decimals
 * @param netQuantity what the charge comes to with this line
 * @param netAmount what the charge comes to with this line
 * @param price that was applied; JSON's null where none was
 * @param meters the totals from which the quantity came
 * @param settledAt when it was settled; null while it is open
 * @param settlementMethod under which it was settled; null while it is open
 * @param movementId of the wallet that settled it; null while it is open, and for a line of 0.00
 */
record LineRow(
        String lineId,
        LocalDate day,
        String workspaceId,
        String resource,
        String item,
        @Nullable Integer retentionDays,
        int revision,
        String kind,
        BigDecimal quantity,
        BigDecimal amount,
        String currency,
        BigDecimal netQuantity,
        BigDecimal netAmount,
        JsonNode price,
        JsonNode meters,
        @Nullable Instant firstIngestedAt,
        @Nullable Instant lastIngestedAt,
        Instant postedAt,
        @Nullable Instant settledAt,
        @Nullable String settlementMethod,
        @Nullable String movementId) {

    /** Writes each figure in one way. */
    LineRow {
        quantity = Rows.quantity(quantity);
        amount = Rows.amount(amount);
        netQuantity = Rows.quantity(netQuantity);
        netAmount = Rows.amount(netAmount);
    }

    List<?> place() {
        return List.of(day, lineId);
    }
}
