package io.weir.metering.window;

import io.weir.metering.intake.MemoryJudge;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Totals of windows of a workspace, made by real events with the meters of {@link MemoryJudge}. */
public final class MeasuredWindows {

    private final HourWindows hours;
    private final MemoryJudge judge = new MemoryJudge();
    private final Map<String, WindowTotals> totals = new TreeMap<>();
    private long sequence;

    /** Nothing used yet, in this calendar. */
    public MeasuredWindows(HourWindows hours) {
        this.hours = hours;
    }

    /** An event is counted. */
    public void use(String resource, String meter, long quantity, Instant at) {
        Window window = hours.at(at.toEpochMilli());
        totals.computeIfAbsent(resource + "\n" + window.startMillis(), any -> new WindowTotals(resource, window))
                .add(judge.accept("source", sequence++, at, resource, meter, quantity));
    }

    /** What was counted. */
    public Collection<WindowTotals> totals() {
        return totals.values();
    }
}
