package io.weir.feecenter.settlement;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A workspace for which an account pays now.
 *
 * @param site on which it lives
 * @param name what its members call it
 * @param boundSince since when the account pays
 * @param method by which its next lines are settled
 * @param customerIdentifier the cloud account that settles them; null for the fee center
 * @param lockedFrom from when on it is locked because its cloud account ended, which may be to come; null if it is open for good
 */
public record PaidWorkspace(
        String workspaceId,
        String site,
        String name,
        Instant boundSince,
        SettlementMethod method,
        @Nullable String customerIdentifier,
        @Nullable Instant lockedFrom) {}
