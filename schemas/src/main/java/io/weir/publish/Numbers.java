package io.weir.publish;

import io.weir.usage.Reading;
import io.weir.usage.UsageEvent;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Numbers the events of each workspace 0, 1, 2, … under a source that no other start of any publisher has (rules.md §4). */
final class Numbers {

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final String source;
    private final Map<String, Long> next = new HashMap<>();

    private Numbers(String source) {
        this.source = source;
    }

    /** Numbers of a new start: the time is for people, the random part for clones of a machine that start in the same second. */
    static Numbers ofNewStart(String name, Instant start) {
        byte[] random = new byte[6];
        new SecureRandom().nextBytes(random);
        return new Numbers(
                "%s/%s-%s".formatted(name, SECOND.format(start), HexFormat.of().formatHex(random)));
    }

    String source() {
        return source;
    }

    /** The usage as an event with the next number of its workspace, never given before. */
    UsageEvent number(Usage usage) {
        long sequence = next.merge(usage.workspaceId(), 1L, Long::sum) - 1;
        return event(usage, source, sequence);
    }

    /** The usage as the event with this number. */
    static UsageEvent event(Usage usage, String source, long sequence) {
        List<Reading> readings = new TreeMap<>(usage.readings())
                .entrySet().stream()
                        .map(reading -> new Reading(reading.getKey(), reading.getValue()))
                        .toList();
        return new UsageEvent(
                usage.workspaceId(),
                source,
                sequence,
                Long.toString(sequence),
                usage.occurredAt(),
                usage.resource(),
                readings);
    }
}
