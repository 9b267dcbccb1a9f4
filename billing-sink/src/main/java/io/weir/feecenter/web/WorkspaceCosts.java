package io.weir.feecenter.web;

import io.weir.feecenter.settlement.SettlementMethod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a workspace costs and who pays it.
 *
 * @param history the binding that counts now first
 * @param method by which the next lines are settled
 * @param lockedFrom from when on the workspace is locked because its cloud account ended, which may be to come
 * @param bills of one month
 */
public record WorkspaceCosts(
        List<NamedBinding> history, SettlementMethod method, Optional<Instant> lockedFrom, MonthOfBills bills) {

    /** Defensive copies. */
    public WorkspaceCosts {
        history = List.copyOf(history);
    }
}
