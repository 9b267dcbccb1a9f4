package io.weir.metering.recomputation;

import io.weir.metering.recomputation.Scenario.Event;
import io.weir.metering.recomputation.Scenario.Meter;
import io.weir.metering.recomputation.Scenario.Reading;
import io.weir.metering.recomputation.Scenario.Recorded;
import io.weir.metering.recomputation.Scenario.Workspace;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** Gives each record, in order, its one outcome: the checks of rules.md §3 from top to bottom. */
final class Judge {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:/-]{1,128}");
    private static final Duration AHEAD = Duration.ofMinutes(5);
    private static final Duration BEHIND = Duration.ofDays(35);

    private final Map<String, Meter> meters;
    private final Set<String> workspaces;
    private final int partitions;
    private final Map<Integer, Instant> clocks = new HashMap<>();
    private final Memory memory = new Memory();

    Judge(Scenario scenario, int partitions) {
        this.meters = scenario.catalogue().meters().stream().collect(Collectors.toMap(Meter::meter, meter -> meter));
        this.workspaces =
                scenario.workspaces().stream().map(Workspace::workspaceId).collect(Collectors.toSet());
        this.partitions = partitions;
    }

    /** The partition to which Kafka's default partitioner sends a key; a loader puts a record without one on the first. */
    static int partition(@Nullable String key, int partitions) {
        return key == null ? 0 : Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    /** The outcome of the next record, which moves its partition's clock first. */
    Outcome judge(Recorded recorded) {
        Instant clock = clocks.merge(
                partition(recorded.key(), partitions),
                recorded.ingest(),
                (one, other) -> one.isAfter(other) ? one : other);
        if (recorded.raw() != null) {
            return Outcome.rejected("MALFORMED");
        }
        Event event = recorded.value();
        if (event == null) {
            return Outcome.HEARTBEAT;
        }
        String reason = firstReason(event, recorded, clock);
        return reason == null ? memory.recall(event, recorded.ingest(), clock) : Outcome.rejected(reason);
    }

    private @Nullable String firstReason(Event event, Recorded recorded, Instant clock) {
        if (Wire.length(event) > MEBIBYTE) {
            return "MALFORMED";
        } else if (!isWellFormed(event)) {
            return "BAD_FIELD";
        } else if (!event.workspaceId().equals(recorded.key())) {
            return "KEY_MISMATCH";
        } else if (!workspaces.contains(event.workspaceId())) {
            return "UNKNOWN_WORKSPACE";
        } else if (event.readings().stream().anyMatch(reading -> !meters.containsKey(reading.meter()))) {
            return "UNKNOWN_METER";
        } else if (event.readings().stream().anyMatch(this::isOutOfRange)) {
            return "BAD_QUANTITY";
        } else if (event.occurredAt().isAfter(recorded.ingest().plus(AHEAD))) {
            return "FUTURE";
        }
        return event.occurredAt().isBefore(clock.minus(BEHIND)) ? "TOO_OLD" : null;
    }

    private static boolean isWellFormed(Event event) {
        List<Reading> readings = event.readings();
        return isName(event.workspaceId())
                && isName(event.source())
                && isName(event.eventId())
                && (event.resource().isEmpty() || isName(event.resource()))
                && (event.sequence() == null || event.sequence() >= 0)
                && !readings.isEmpty()
                && readings.size() <= 64
                && readings.stream().map(Reading::meter).distinct().count() == readings.size();
    }

    private static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    private boolean isOutOfRange(Reading reading) {
        BigInteger limit = Objects.requireNonNull(meters.get(reading.meter())).limitPerEvent();
        return reading.quantity() < 0 || BigInteger.valueOf(reading.quantity()).compareTo(limit) > 0;
    }
}
