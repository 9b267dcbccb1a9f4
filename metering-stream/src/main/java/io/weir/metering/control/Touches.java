package io.weir.metering.control;

import java.time.LocalDate;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which closed days the changes of a stretch of the control log may alter, together. */
public final class Touches {

    private final NavigableMap<String, LocalDate> byWorkspace = new TreeMap<>();
    private @Nullable LocalDate everybodyFrom;
    private boolean held;

    private Touches() {}

    /** What these changes may alter. */
    static Touches of(Iterable<Touch> changes) {
        Touches touches = new Touches();
        changes.forEach(touches::add);
        return touches;
    }

    /** Every day of every workspace. */
    public static Touches everything() {
        Touches touches = new Touches();
        touches.everybodyFrom = LocalDate.MIN;
        return touches;
    }

    private void add(Touch touch) {
        LocalDate fromDay = touch.fromDay();
        if (fromDay == null) {
            held = true;
        } else if (touch.workspaceId() == null) {
            everybodyFrom = everybodyFrom == null ? fromDay : earlier(everybodyFrom, fromDay);
        } else {
            byWorkspace.merge(touch.workspaceId(), fromDay, Touches::earlier);
        }
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }

    /** Whether nothing is altered. */
    public boolean isEmpty() {
        return !isForEverybody() && byWorkspace.isEmpty();
    }

    /** Whether days of any workspace may be altered, and not only those of {@link #workspacesAfter}. */
    public boolean isForEverybody() {
        return held || everybodyFrom != null;
    }

    /** The workspaces that changes name, in order, from the first behind this name on. */
    public Collection<String> workspacesAfter(String workspaceId) {
        return byWorkspace.tailMap(workspaceId, false).keySet();
    }

    /** Whose changes count from a day before this one on, and from which; an empty name stands for everybody. */
    public SortedMap<String, LocalDate> before(LocalDate day) {
        SortedMap<String, LocalDate> early = new TreeMap<>(byWorkspace);
        if (everybodyFrom != null) {
            early.put("", everybodyFrom);
        }
        early.values().removeIf(from -> !from.isBefore(day));
        return early;
    }

    /** Whether this closed day may be altered; {@code isHeld}: whether a part of it is held. */
    public boolean alter(String workspaceId, LocalDate day, boolean isHeld) {
        LocalDate from = byWorkspace.get(workspaceId);
        return (held && isHeld)
                || (everybodyFrom != null && !day.isBefore(everybodyFrom))
                || (from != null && !day.isBefore(from));
    }
}
