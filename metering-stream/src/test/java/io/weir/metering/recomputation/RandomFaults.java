package io.weir.metering.recomputation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.metering.recomputation.Scenario.Event;
import io.weir.metering.recomputation.Scenario.Reading;
import io.weir.metering.recomputation.Scenario.Recorded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes a record wrong in one or more of the ways of rules.md §3, so that the order of the checks shows. */
record RandomFaults(Dice dice) {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final int LONG_RESOURCE = 100_000;
    private static final Duration AHEAD = Duration.ofMinutes(5);
    private static final Duration BEHIND = Duration.ofDays(35);

    /** An event that arrived at some time, spoilt. */
    Recorded spoil(Event event, Instant ingest) {
        if (dice.chance(10)) {
            return new Recorded(ingest, otherKey(), null, unreadable());
        } else if (dice.chance(1)) {
            return new Recorded(ingest, event.workspaceId(), large(event), null);
        }
        Event wrong = event;
        for (int faults = dice.chance(70) ? 1 : dice.between(2, 3); faults > 0; faults--) {
            wrong = wrong(wrong, ingest);
        }
        return new Recorded(ingest, dice.chance(15) ? otherKey() : wrong.workspaceId(), wrong, null);
    }

    private @Nullable String otherKey() {
        return dice.chance(30) ? null : "wksp_" + dice.between(1, 4);
    }

    /** No bytes, no magic byte, an unknown schema id, a truncated record. */
    private String unreadable() {
        String bytes = dice.oneOf(List.of("", "{\"workspace_id\"", "\0\177\177\177\177wksp_1", "\0\0\0\0\1"));
        return Base64.getEncoder().encodeToString(bytes.getBytes(UTF_8));
    }

    private Event wrong(Event event, Instant ingest) {
        return switch (dice.between(0, 12)) {
            case 0 -> event.named("wksp 1", event.source(), event.eventId(), event.resource());
            case 1 -> event.named(event.workspaceId(), "", event.eventId(), event.resource());
            case 2 -> event.named(event.workspaceId(), event.source(), "e".repeat(129), event.resource());
            case 3 -> event.named(event.workspaceId(), event.source(), event.eventId(), "naïve\n");
            case 4 -> event.named(event.workspaceId(), event.source(), "", event.resource());
            case 5 -> event.named("wksp_nobody", event.source(), event.eventId(), event.resource());
            case 6 -> event.numbered(-1L - dice.between(0, 9));
            case 7 -> event.reading(dice.oneOf(List.of(List.of(), twice(event), meters(64), meters(65))));
            case 8 -> event.reading(with(event, new Reading("gallons", 1)));
            case 9 -> event.reading(with(event, new Reading("vast", -1)));
            case 10 -> event.reading(List.of(new Reading("calls", RandomCatalogue.LIMIT + 1L)));
            case 11 -> event.at(ingest.plus(AHEAD).plusMillis(dice.between(0, 1)));
            default -> event.at(ingest.minus(BEHIND).minusMillis(dice.between(0, 1)));
        };
    }

    /** Its record has about the largest size, to the byte. */
    private Event large(Event event) {
        int length = Wire.length(withResource(event, LONG_RESOURCE));
        return withResource(event, LONG_RESOURCE + MEBIBYTE - length + dice.between(-1, 1));
    }

    private static Event withResource(Event event, int length) {
        return event.named(event.workspaceId(), event.source(), event.eventId(), "x".repeat(length));
    }

    private static List<Reading> twice(Event event) {
        List<Reading> readings = with(event, new Reading("calls", 1));
        readings.add(new Reading("calls", 2));
        return readings;
    }

    private static List<Reading> meters(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new Reading("meter_" + number, 1))
                .toList();
    }

    private static List<Reading> with(Event event, Reading reading) {
        List<Reading> readings = new ArrayList<>(event.readings());
        readings.removeIf(each -> each.meter().equals(reading.meter()));
        readings.add(reading);
        return readings;
    }
}
