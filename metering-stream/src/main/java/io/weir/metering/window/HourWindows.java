package io.weir.metering.window;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How a zone's time falls into windows: they start on local full hours, and at the instant at which the offset changes. A
 * billing day is the windows of one local calendar day (rules.md §2).
 *
 * @param zone the site's time zone
 */
public record HourWindows(ZoneId zone) {

    private static final long HOUR_SECONDS = 3600;
    private static final long DAY_SECONDS = 24 * HOUR_SECONDS;
    /** A zone's calendar has never moved back by more than a day. */
    private static final long LONGEST_OVERLAP_SECONDS = 26 * HOUR_SECONDS;

    /** The window that holds an instant. */
    public Window at(long millis) {
        ZoneRules rules = zone.getRules();
        Instant instant = Instant.ofEpochMilli(millis);
        ZoneOffset offset = rules.getOffset(instant);
        long localHour = Math.floorDiv(instant.getEpochSecond() + offset.getTotalSeconds(), HOUR_SECONDS);
        long start = localHour * HOUR_SECONDS - offset.getTotalSeconds();
        long end = start + HOUR_SECONDS;
        ZoneOffsetTransition next = rules.nextTransition(instant);
        if (next != null) {
            end = Math.min(end, next.toEpochSecond());
        }
        ZoneOffsetTransition previous = rules.previousTransition(instant.plusNanos(1));
        if (previous != null) {
            start = Math.max(start, previous.toEpochSecond());
        }
        return new Window(start * 1000, end * 1000, localDay(localHour));
    }

    private static LocalDate localDay(long localHour) {
        return LocalDate.ofEpochDay(Math.floorDiv(localHour, 24));
    }

    /** The start of the first window that starts at or after an instant: from there on a change of this instant counts. */
    public long firstStartFrom(long millis) {
        Window window = at(millis);
        return window.startMillis() == millis ? millis : window.endMillis();
    }

    /** The windows of a local calendar day in order; none if the zone skipped the day. */
    public List<Window> ofDay(LocalDate day) {
        ZoneOffset offset = zone.getRules().getOffset(day.atStartOfDay());
        long midnight = day.atStartOfDay().toEpochSecond(offset);
        long from = midnight - LONGEST_OVERLAP_SECONDS;
        long until = midnight + DAY_SECONDS + LONGEST_OVERLAP_SECONDS;
        ZoneOffsetTransition change = zone.getRules().nextTransition(Instant.ofEpochSecond(from - 1));
        return change == null || change.toEpochSecond() >= until
                ? plainDay(day, midnight)
                : Stream.iterate(at(from * 1000), window -> at(window.endMillis()))
                        .takeWhile(window -> window.startMillis() < until * 1000)
                        .filter(window -> window.day().equals(day))
                        .toList();
    }

    /** A day whose offset does not change, nor that of its neighbours. */
    private static List<Window> plainDay(LocalDate day, long midnight) {
        return IntStream.range(0, 24)
                .mapToLong(hour -> (midnight + hour * HOUR_SECONDS) * 1000)
                .mapToObj(start -> new Window(start, start + HOUR_SECONDS * 1000, day))
                .toList();
    }

    /** The end of a day's last window, milliseconds UTC. */
    public long endOf(LocalDate day) {
        List<Window> windows = ofDay(day);
        return windows.get(windows.size() - 1).endMillis();
    }
}
