package io.weir.deploy.audit;

import io.weir.usage.Reading;
import io.weir.usage.UsageEvent;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What the accepted events of a partition come to, added up again (rules.md §2, §5). */
final class UsageTotals {

    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

    private final ControlFacts facts;
    private final Check check;
    private final Map<WindowKey, WindowTotal> totals = new HashMap<>();
    private final Map<String, LocalHours.Window> lastWindow = new HashMap<>();

    /** Totals of no events; an event that cannot have been accepted is a violation of this check. */
    UsageTotals(ControlFacts facts, Check check) {
        this.facts = facts;
        this.check = check;
    }

    /** Counts an event that was read when the partition's clock was there. */
    void add(UsageEvent event, long clockMillis) {
        LocalHours hours = facts.hoursOf(event.getWorkspaceId());
        if (hours == null) {
            check.violation(
                    "an event of workspace %s was accepted, which fee-center.control does not have",
                    event.getWorkspaceId());
            return;
        }
        LocalHours.Window window = window(event, hours);
        WindowTotal total = totals.computeIfAbsent(
                new WindowKey(event.getWorkspaceId(), event.getResource(), window.startMillis()),
                any -> new WindowTotal());
        total.countEvent(dueMillis(window, clockMillis));
        event.getReadings().forEach(reading -> add(total, reading, event));
    }

    private void add(WindowTotal total, Reading reading, UsageEvent event) {
        Boolean peak = facts.isPeak(reading.getMeter());
        if (peak == null) {
            check.violation(
                    "an event of workspace %s with meter %s was accepted, which no catalogue has",
                    event.getWorkspaceId(), reading.getMeter());
        } else {
            total.add(reading.getMeter(), peak, BigInteger.valueOf(reading.getQuantity()));
        }
    }

    /** An event that the stream has not counted yet will change its window. */
    void keepOpen(UsageEvent event, long clockMillis) {
        LocalHours hours = facts.hoursOf(event.getWorkspaceId());
        if (hours != null) {
            LocalHours.Window window = window(event, hours);
            totals.computeIfAbsent(
                            new WindowKey(event.getWorkspaceId(), event.getResource(), window.startMillis()),
                            any -> new WindowTotal())
                    .countEvent(dueMillis(window, clockMillis));
        }
    }

    /** Most events follow one of the same hour. */
    private LocalHours.Window window(UsageEvent event, LocalHours hours) {
        long occurredAt = event.getOccurredAt().toEpochMilli();
        LocalHours.Window last = lastWindow.get(event.getWorkspaceId());
        if (last != null && last.holds(occurredAt)) {
            return last;
        }
        LocalHours.Window window = hours.at(occurredAt);
        lastWindow.put(event.getWorkspaceId(), window);
        return window;
    }

    /** The full hour at which what changes now is published: at or after the window's end, and after now if that has passed. */
    private static long dueMillis(LocalHours.Window window, long clockMillis) {
        long lastBefore = clockMillis < window.endMillis() ? window.endMillis() - 1 : clockMillis;
        return (Math.floorDiv(lastBefore, HOUR_MILLIS) + 1) * HOUR_MILLIS;
    }

    Map<WindowKey, WindowTotal> byWindow() {
        return totals;
    }
}
