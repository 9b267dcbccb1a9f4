package io.weir.deploy.audit;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds the totals of a partition that follow from {@code usage-events} against those on {@code metered-usage}. */
final class WindowComparison {

    private final ControlFacts facts;
    private final OpenDays openDays;
    private final Check check;
    private long compared;
    private long events;
    private long open;
    private long older;

    WindowComparison(ControlFacts facts, OpenDays openDays, Check check) {
        this.facts = facts;
        this.openDays = openDays;
        this.check = check;
    }

    /**
     * Compares all windows of a partition that can be compared.
     *
     * @param doneMillis what was due until then is published, milliseconds UTC
     * @param completeFromMillis windows that start before have events that the topic no longer has, milliseconds UTC
     */
    void compare(
            Map<WindowKey, WindowTotal> fromEvents,
            Map<WindowKey, WindowTotal> published,
            long doneMillis,
            long completeFromMillis) {
        fromEvents.forEach((window, total) -> {
            if (window.startMillis() < completeFromMillis) {
                older++;
            } else if (total.dueMillis() > doneMillis) {
                keepOpen(window);
            } else {
                compare(window, total, published.get(window));
            }
        });
        published.forEach((window, total) -> {
            if (window.startMillis() >= completeFromMillis && !fromEvents.containsKey(window)) {
                check.violation("%s: %,d events on metered-usage, none on usage-events", window, total.events());
            }
        });
    }

    private void keepOpen(WindowKey window) {
        open++;
        LocalHours hours = facts.hoursOf(window.workspaceId());
        if (hours != null) {
            openDays.add(window.workspaceId(), hours.dayOf(window.startMillis()));
        }
    }

    private void compare(WindowKey window, WindowTotal found, @Nullable WindowTotal published) {
        compared++;
        events += found.events();
        if (published == null) {
            check.violation("%s: %,d events on usage-events, none on metered-usage", window, found.events());
        } else if (found.events() != published.events() || !found.byMeter().equals(published.byMeter())) {
            check.violation(
                    "%s: %,d events %s on usage-events, %,d events %s on metered-usage",
                    window, found.events(), found.byMeter(), published.events(), published.byMeter());
        }
    }

    /** Says how much was compared, and what was not. */
    void sayWhat() {
        check.remark("%,d windows with %,d events compared with metered-usage", compared, events);
        if (open > 0) {
            check.remark(
                    "%,d windows are not comparable yet: the stream's clock has not passed the next full hour after"
                            + " their last event",
                    open);
        }
        if (older > 0) {
            check.remark("%,d windows begin before what usage-events still has, and are not compared", older);
        }
    }
}
