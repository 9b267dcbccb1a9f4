package io.weir.metering.intake;

import static io.weir.metering.intake.Rejection.quoted;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.usage.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Does an event make sense on its own, and when and where it arrived? The checks of rules.md §3 that need no memory. */
public final class Checks {

    /** How long a value may be, magic byte and schema id included, in bytes. */
    public static final int LARGEST_VALUE_BYTES = 1024 * 1024;
    /** How far ahead of its arrival an event may have occurred. */
    public static final Duration SKEW = Duration.ofMinutes(5);
    /** How old an event may be. */
    public static final Duration LARGEST_AGE = Duration.ofDays(35);

    static final int MOST_READINGS = 64;
    private static final int LONGEST_NAME = 128;
    private static final boolean[] NAME_BYTE = nameBytes();

    private Checks() {}

    /** Check 3: names as they must be, a sequence from 0, 1 to 64 readings, no meter twice. */
    static @Nullable Rejection fields(UsageView usage) {
        if (!isName(usage.bytes, usage.workspaceFrom, usage.workspaceLength)) {
            return badName("workspace_id", usage.workspaceId());
        }
        if (!isName(usage.bytes, usage.sourceFrom, usage.sourceLength)) {
            return badName("source", usage.source());
        }
        if (!isName(usage.bytes, usage.eventIdFrom, usage.eventIdLength)) {
            return badName("event_id", usage.text(usage.eventIdFrom, usage.eventIdLength));
        }
        if (usage.resourceLength != 0 && !isName(usage.bytes, usage.resourceFrom, usage.resourceLength)) {
            return badName("resource", usage.text(usage.resourceFrom, usage.resourceLength));
        }
        if (usage.sequence < 0) {
            return new Rejection(Reason.BAD_FIELD, "sequence " + usage.sequence + " is negative");
        }
        return readings(usage);
    }

    private static @Nullable Rejection readings(UsageView usage) {
        if (usage.readings == 0 || usage.readings > MOST_READINGS) {
            return new Rejection(Reason.BAD_FIELD, usage.readings == 0 ? "no readings" : "more than 64 readings");
        }
        for (int later = 1; later < usage.readings; later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                if (sameMeter(usage, earlier, later)) {
                    return new Rejection(Reason.BAD_FIELD, "meter " + quoted(usage.meter(later)) + " twice");
                }
            }
        }
        return null;
    }

    private static boolean sameMeter(UsageView usage, int one, int other) {
        int from = usage.meterFrom[one];
        int otherFrom = usage.meterFrom[other];
        return Arrays.equals(
                usage.bytes,
                from,
                from + usage.meterLength[one],
                usage.bytes,
                otherFrom,
                otherFrom + usage.meterLength[other]);
    }

    /** Check 4: the record's key is the workspace id. */
    static @Nullable Rejection key(byte @Nullable [] key, UsageView usage) {
        int from = usage.workspaceFrom;
        if (key != null && Arrays.equals(key, 0, key.length, usage.bytes, from, from + usage.workspaceLength)) {
            return null;
        }
        String found = key == null ? "none" : quoted(new String(key, UTF_8));
        return new Rejection(
                Reason.KEY_MISMATCH, "key " + found + " is not the workspace_id " + quoted(usage.workspaceId()));
    }

    /** Checks 9 and 10: not later than 5 minutes after its ingest, not older than 35 days by the partition's clock. */
    static @Nullable Rejection time(long occurredAtMillis, long ingestMillis, long clockMillis) {
        if (occurredAtMillis > ingestMillis + SKEW.toMillis()) {
            return new Rejection(
                    Reason.FUTURE,
                    "occurred_at %s is more than 5 min after its ingest time %s"
                            .formatted(instant(occurredAtMillis), instant(ingestMillis)));
        }
        if (occurredAtMillis < clockMillis - LARGEST_AGE.toMillis()) {
            return new Rejection(
                    Reason.TOO_OLD,
                    "occurred_at %s is more than 35 × 24 h before the partition's clock %s"
                            .formatted(instant(occurredAtMillis), instant(clockMillis)));
        }
        return null;
    }

    /** Whether the bytes are a name: {@code [A-Za-z0-9_.:/-]{1,128}}. */
    static boolean isName(byte[] bytes, int from, int length) {
        if (length == 0 || length > LONGEST_NAME) {
            return false;
        }
        for (int index = from; index < from + length; index++) {
            if (bytes[index] < 0 || !NAME_BYTE[bytes[index]]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the text is a name: {@code [A-Za-z0-9_.:/-]{1,128}}. */
    public static boolean isName(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return isName(bytes, 0, bytes.length);
    }

    private static Rejection badName(String field, String value) {
        return new Rejection(Reason.BAD_FIELD, field + " " + quoted(value) + " is not [A-Za-z0-9_.:/-]{1,128}");
    }

    private static String instant(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    private static boolean[] nameBytes() {
        boolean[] allowed = new boolean[128];
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:/-"
                .chars()
                .forEach(character -> allowed[character] = true);
        return allowed;
    }
}
