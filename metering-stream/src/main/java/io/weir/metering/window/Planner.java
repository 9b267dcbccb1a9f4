package io.weir.metering.window;

import io.weir.metering.window.Agenda.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Says what follows when, by the clock of the partition (rules.md §2, §7).
 *
 * @param grace how long after its end a day stays open
 */
public record Planner(Duration grace) {

    /** How long after its end and its grace a day is kept for corrections. */
    public static final Duration KEPT = Duration.ofDays(35);

    /** Puts on the agenda what follows from a change of these totals at this clock. */
    public void totalsChanged(WorkspaceWindows workspace, WindowTotals totals, long clockMillis) {
        LocalDate day = totals.window().day();
        planPublishing(workspace.plan(), totals, clockMillis);
        if (workspace.plan().has(Kind.CLOSE, day)) {
            return;
        }
        long closeAt = workspace.hours().endOf(day) + grace.toMillis();
        if (clockMillis < closeAt && !workspace.plan().has(Kind.FORGET, day)) { // a longer grace opens no closed day
            workspace.plan().at(Kind.CLOSE, day, closeAt);
        } else {
            workspace.plan().atLatest(Kind.CORRECT, day, FullHours.after(clockMillis));
            workspace.plan().atLatest(Kind.FORGET, day, forgetAt(workspace, day));
        }
    }

    private static void planPublishing(Agenda.Plan plan, WindowTotals totals, long clockMillis) {
        if (totals.isPublished()) {
            long end = totals.window().endMillis();
            totals.publishAt(clockMillis < end ? FullHours.atOrAfter(end) : FullHours.after(clockMillis));
        }
        plan.atLatest(Kind.PUBLISH, totals.window().day(), totals.publishAtMillis());
    }

    /** The day has closed: it is kept for corrections, and then let go. */
    public void closed(WorkspaceWindows workspace, LocalDate day) {
        workspace.plan().done(Kind.CLOSE, day);
        workspace.plan().at(Kind.FORGET, day, forgetAt(workspace, day));
    }

    /** The first day of which, by UTC, something is still kept at this clock (rules.md §2). */
    public LocalDate keptFrom(long clockMillis) {
        Instant oldest = Instant.ofEpochMilli(clockMillis).minus(KEPT).minus(grace);
        return LocalDate.ofInstant(oldest, ZoneOffset.UTC);
    }

    private long forgetAt(WorkspaceWindows workspace, LocalDate day) {
        return workspace.hours().endOf(day) + KEPT.plus(grace).toMillis();
    }
}
