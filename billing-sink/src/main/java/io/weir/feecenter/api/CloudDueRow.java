package io.weir.feecenter.api;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * What a workspace made due from a cloud account on one day.
 *
 * @param settlementMethod the cloud
 * @param customerIdentifier the cloud account's id there
 * @param charged to it, after vouchers and cards
 * @param setOff what corrections took off, zero or negative
 * @param due charged + set off
 * @param lines of how many bill lines this is the sum
 */
record CloudDueRow(
        LocalDate day,
        String cloudAccountId,
        String settlementMethod,
        String customerIdentifier,
        String workspaceId,
        BigDecimal charged,
        BigDecimal setOff,
        BigDecimal due,
        String currency,
        long lines) {

    /** Amounts to the cent. */
    CloudDueRow {
        charged = Rows.amount(charged);
        setOff = Rows.amount(setOff);
        due = Rows.amount(due);
    }

    List<?> place() {
        return List.of(day, cloudAccountId, workspaceId);
    }
}
