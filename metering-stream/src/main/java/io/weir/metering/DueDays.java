package io.weir.metering;

import io.weir.metering.control.ControlTable;
import io.weir.metering.window.Agenda;
import io.weir.metering.window.Agenda.Kind;
import io.weir.metering.window.DayUsage;
import io.weir.metering.window.FullHours;
import io.weir.metering.window.Planner;
import io.weir.metering.window.WindowTotals;
import io.weir.metering.window.Windows;
import io.weir.metering.window.WorkspaceWindows;
import io.weir.usage.MeteredUsage;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Supplier;

/**
 * Does what is due for a workspace's days: issues hourly totals, closes days, corrects them and lets them go, in this order
 * (rules.md §2, §7).
 *
 * @param windows the totals of all windows
 * @param billedDays what was billed and is held
 * @param planner says what follows when
 * @param control what is known of bindings, accounts and prices
 * @param out takes what is issued
 */
record DueDays(Windows windows, BilledDays billedDays, Planner planner, Supplier<ControlTable> control, Out out) {

    private static final long NEVER = Long.MAX_VALUE;

    /** Where what is issued goes. */
    interface Out {
        void forward(String workspaceId, Object value, String to);
    }

    /** Does all that is due at this clock; again as long as that makes something due. */
    void doWhatIsDue(WorkspaceWindows workspace, long clockMillis) {
        while (workspace.plan().nextDueMillis() <= clockMillis) {
            windows.letGo(workspace);
            for (Agenda.Entry entry : workspace.plan().due(clockMillis)) {
                switch (entry.kind()) {
                    case PUBLISH -> publish(workspace, entry.day(), clockMillis);
                    case CLOSE -> close(workspace, entry.day());
                    case CORRECT -> correct(workspace, entry.day());
                    case FORGET -> forget(workspace, entry.day(), clockMillis);
                    case HELD -> throw new IllegalStateException("a hold is never due: " + entry);
                }
            }
        }
    }

    private void publish(WorkspaceWindows workspace, LocalDate day, long clockMillis) {
        long next = NEVER;
        for (WindowTotals totals : windows.ofDay(workspace, day)) {
            if (totals.publishAtMillis() <= clockMillis) {
                out.forward(workspace.workspaceId(), meteredUsage(workspace, totals), MeteringTopology.METERED_USAGE);
                totals.published();
                windows.store(workspace, totals);
            }
            next = Math.min(next, totals.publishAtMillis());
        }
        if (next == NEVER) {
            workspace.plan().done(Kind.PUBLISH, day);
        } else {
            workspace.plan().at(Kind.PUBLISH, day, next);
        }
    }

    private static MeteredUsage meteredUsage(WorkspaceWindows workspace, WindowTotals totals) {
        return new MeteredUsage(
                workspace.workspaceId(),
                totals.resource(),
                Instant.ofEpochMilli(totals.window().startMillis()),
                Instant.ofEpochMilli(totals.window().endMillis()),
                totals.events(),
                totals.meters().stream().map(Lines::total).toList());
    }

    private void close(WorkspaceWindows workspace, LocalDate day) {
        issue(workspace, day, true);
        planner.closed(workspace, day);
    }

    private void correct(WorkspaceWindows workspace, LocalDate day) {
        issue(workspace, day, false);
        workspace.plan().done(Kind.CORRECT, day);
    }

    private void issue(WorkspaceWindows workspace, LocalDate day, boolean closing) {
        String workspaceId = workspace.workspaceId();
        DayUsage usage = new DayUsage(workspaceId, day, closing, windows.ofDay(workspace, day));
        out.forward(workspaceId, new DueDay(usage, control.get()), MeteringTopology.ATTRIBUTION);
        if (billedDays.isHeld(workspaceId, day)) {
            workspace.plan().at(Kind.HELD, day, NEVER);
        } else {
            workspace.plan().done(Kind.HELD, day);
        }
    }

    /** A day is not let go while a correction of it is due or a part of it is held. */
    private void forget(WorkspaceWindows workspace, LocalDate day, long clockMillis) {
        Agenda.Plan plan = workspace.plan();
        if (plan.has(Kind.CORRECT, day) || plan.has(Kind.HELD, day)) {
            plan.at(Kind.FORGET, day, FullHours.after(clockMillis));
            return;
        }
        windows.forget(workspace, day);
        billedDays.forget(workspace.workspaceId(), day);
        plan.done(Kind.PUBLISH, day);
        plan.done(Kind.FORGET, day);
    }
}
