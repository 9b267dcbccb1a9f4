package io.weir.deploy.audit;

import io.weir.billing.BillLine;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a line is for: its revisions count from 0 without gap (rules.md §7).
 *
 * @param retentionDays in days; null for items without one
 */
record LineKey(
        LocalDate day,
        String accountId,
        String workspaceId,
        String resource,
        String item,
        @Nullable Integer retentionDays) {

    static LineKey of(BillLine line) {
        return new LineKey(
                line.getDay(),
                line.getAccountId(),
                line.getWorkspaceId(),
                line.getResource(),
                line.getItem(),
                line.getRetentionDays());
    }
}
