package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A bill line as it stands on a monthly statement.
 *
 * @param workspaceName null for a workspace that is known from lines only
 * @param retentionDays in days; null for items without one
 * @param quantity this line's own difference, in base units of the item
 * @param amount this line's own difference
 * @param method under which it was settled
 * @param adjustment whether it corrects a day of an earlier month, whose statement had been issued
 */
public record StatementLine(
        LocalDate day,
        String workspaceId,
        @Nullable String workspaceName,
        String resource,
        String item,
        @Nullable Integer retentionDays,
        int revision,
        BigDecimal quantity,
        BigDecimal amount,
        SettlementMethod method,
        boolean adjustment,
        String lineId) {}
