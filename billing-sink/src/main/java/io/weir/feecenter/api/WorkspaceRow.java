package io.weir.feecenter.api;

import java.time.Instant;
import java.util.List;

/**
 * A workspace for which an account pays.
 *
 * @param settlementMethod by which its next lines are settled
 * @param paidSince from the first window that starts then or later (rules.md §2)
 */
record WorkspaceRow(String workspaceId, String site, String name, String settlementMethod, Instant paidSince) {

    List<?> place() {
        return List.of(workspaceId);
    }
}
