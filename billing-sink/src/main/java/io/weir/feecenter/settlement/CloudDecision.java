package io.weir.feecenter.settlement;

import java.time.Instant;
import java.util.List;

/**
 * What the operator decided about a cloud account, and what followed.
 *
 * @param workspaces ids of the workspaces that it was about
 * @param locked whether it began their days of grace before a lock, or locked them at once before there was grace
 * @param why as the operator said
 * @param decidedBy who that was
 * @param decidedAt by the fee center's clock
 */
public record CloudDecision(
        CloudDeed deed, List<String> workspaces, boolean locked, String why, String decidedBy, Instant decidedAt) {

    /** A copy that nobody changes. */
    public CloudDecision {
        workspaces = List.copyOf(workspaces);
    }
}
