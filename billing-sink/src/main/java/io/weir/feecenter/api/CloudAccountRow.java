package io.weir.feecenter.api;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cloud account that an account registered.
 *
 * @param cloudAccountId later ones have larger ones
 * @param settlementMethod its cloud
 * @param customerIdentifier its id in the cloud
 * @param endedAt since when it pays nothing more; null while it lives
 * @param due from it in all; negative is a credit for later days
 */
record CloudAccountRow(
        String cloudAccountId,
        String settlementMethod,
        String customerIdentifier,
        Instant registeredAt,
        @Nullable Instant endedAt,
        BigDecimal due,
        String currency) {

    /** The amount to the cent. */
    CloudAccountRow {
        due = Rows.amount(due);
    }

    List<?> place() {
        return List.of(cloudAccountId);
    }
}
