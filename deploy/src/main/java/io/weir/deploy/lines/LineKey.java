package io.weir.deploy.lines;

import io.weir.billing.BillLine;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What the revisions of a line have in common (rules.md §7). */
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
