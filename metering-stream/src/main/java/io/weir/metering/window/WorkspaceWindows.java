package io.weir.metering.window;

import io.weir.metering.intake.ByteTable;
import java.util.ArrayList;
import java.util.List;

/** A workspace as metering has it at hand: its calendar, its plan, and the windows that are on the heap. */
public final class WorkspaceWindows {

    final ByteTable<ResourceWindows> resources = new ByteTable<>();
    final List<WindowTotals> changed = new ArrayList<>();
    private final String workspaceId;
    private final HourWindows hours;
    private final Agenda.Plan plan;

    /** Nothing on the heap yet. */
    public WorkspaceWindows(String workspaceId, HourWindows hours, Agenda.Plan plan) {
        this.workspaceId = workspaceId;
        this.hours = hours;
        this.plan = plan;
    }

    /** The workspace. */
    public String workspaceId() {
        return workspaceId;
    }

    /** How its site's time falls into windows. */
    public HourWindows hours() {
        return hours;
    }

    /** What is due for it. */
    public Agenda.Plan plan() {
        return plan;
    }
}
