package io.weir.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.usage.Reading;
import io.weir.usage.UsageEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The checks of rules.md §3 that an event passes or fails wherever and whenever it arrives. */
public final class UsageShape {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:/-]{1,128}");
    private static final int MOST_READINGS = 64;
    /** Names of this length in all keep a value below 1 MiB, since everything else in it is short (check 2). */
    private static final int LONGEST_NAMES_BYTES = 1_000_000;

    private UsageShape() {}

    /** One sentence for each reason to refuse the event; empty if there is none. */
    public static List<String> mistakes(UsageEvent event) {
        List<String> mistakes = new ArrayList<>();
        checkId("workspace_id", event.getWorkspaceId(), mistakes);
        checkId("source", event.getSource(), mistakes);
        checkId("event_id", event.getEventId(), mistakes);
        if (!event.getResource().isEmpty()) {
            checkId("resource", event.getResource(), mistakes);
        }
        Long sequence = event.getSequence();
        if (sequence != null && sequence < 0) {
            mistakes.add("sequence %d is negative".formatted(sequence));
        }
        checkReadings(event.getReadings(), mistakes);
        return List.copyOf(mistakes);
    }

    private static void checkId(String field, String value, List<String> mistakes) {
        if (!ID.matcher(value).matches()) {
            mistakes.add("%s is not 1 to 128 of the characters A-Z a-z 0-9 _ . : / - but %s"
                    .formatted(field, quoted(value)));
        }
    }

    private static void checkReadings(List<Reading> readings, List<String> mistakes) {
        if (readings.isEmpty() || readings.size() > MOST_READINGS) {
            mistakes.add("it has %d readings and not 1 to %d".formatted(readings.size(), MOST_READINGS));
        }
        Set<String> meters = new HashSet<>();
        long nameBytes = 0;
        for (Reading reading : readings) {
            nameBytes += reading.getMeter().getBytes(UTF_8).length;
            if (!meters.add(reading.getMeter())) {
                mistakes.add("meter %s is named twice".formatted(quoted(reading.getMeter())));
            }
            if (reading.getQuantity() < 0) {
                mistakes.add("%d %s is negative".formatted(reading.getQuantity(), quoted(reading.getMeter())));
            }
        }
        if (nameBytes > LONGEST_NAMES_BYTES) {
            mistakes.add("the names of its meters take %,d bytes; an event may take 1 MiB".formatted(nameBytes));
        }
    }

    /** Short and on one line, since nobody knows what is in it. */
    private static String quoted(String value) {
        String start = value.length() > 40 ? value.substring(0, 40) + "…" : value;
        return "'" + start.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
