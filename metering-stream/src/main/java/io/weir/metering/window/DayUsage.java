package io.weir.metering.window;

import java.time.LocalDate;
import java.util.List;

/**
 * All that a workspace used on one billing day, at its close or when something of it has changed since.
 *
 * @param workspaceId the workspace
 * @param day the billing day
 * @param closing whether the day closes now
 * @param totals totals by window and resource
 */
public record DayUsage(String workspaceId, LocalDate day, boolean closing, List<WindowTotals> totals) {

    /** The same, of a day that has closed before. */
    public DayUsage closedBefore() {
        return new DayUsage(workspaceId, day, false, totals);
    }
}
