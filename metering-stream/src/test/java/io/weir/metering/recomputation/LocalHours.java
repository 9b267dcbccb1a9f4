package io.weir.metering.recomputation;

import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.stream.Stream;

/** The windows of a zone (rules.md §2): local hours, cut where the offset changes. */
record LocalHours(ZoneRules rules) {

    /** One window, half-open. */
    record Window(Instant start, Instant end, LocalDate day) {
        boolean holds(Instant instant) {
            return !instant.isBefore(start) && instant.isBefore(end);
        }
    }

    static LocalHours of(ZoneId zone) {
        return new LocalHours(zone.getRules());
    }

    /** The window that holds an instant. */
    Window at(Instant instant) {
        ZoneOffset offset = rules.getOffset(instant);
        Instant hour =
                instant.atOffset(offset).toLocalDateTime().truncatedTo(HOURS).toInstant(offset);
        ZoneOffsetTransition last = rules.previousTransition(instant.plusNanos(1));
        ZoneOffsetTransition next = rules.nextTransition(instant);
        Instant start = last == null ? hour : later(hour, last.getInstant());
        Instant end = next == null ? hour.plus(1, HOURS) : earlier(hour.plus(1, HOURS), next.getInstant());
        return new Window(start, end, LocalDate.ofInstant(start, offset));
    }

    /** The start of the first window that starts at or after an instant: where a change dated then takes effect. */
    Instant startAtOrAfter(Instant instant) {
        Window window = at(instant);
        return window.start().equals(instant) ? instant : window.end();
    }

    /** The windows of a billing day, in order of time. */
    List<Window> of(LocalDate day) {
        Instant midnightUtc = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        Window first = at(midnightUtc.minus(2, DAYS));
        return Stream.iterate(first, window -> at(window.end()))
                .takeWhile(window -> window.start().isBefore(midnightUtc.plus(3, DAYS)))
                .filter(window -> window.day().equals(day))
                .toList();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
