package io.weir.feecenter.web;

import io.weir.feecenter.settlement.SettlementMethod;
import java.util.List;

/**
 * What a workspace costs and who pays it.
 *
 * @param history the binding that counts now first
 * @param method by which the next lines are settled
 * @param locked whether the workspace is locked because its cloud account ended
 * @param bills of one month
 */
public record WorkspaceCosts(List<NamedBinding> history, SettlementMethod method, boolean locked, MonthOfBills bills) {

    /** Defensive copies. */
    public WorkspaceCosts {
        history = List.copyOf(history);
    }
}
