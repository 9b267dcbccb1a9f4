package io.weir.metering.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.metering.recomputation.Scenario.Event;
import io.weir.metering.recomputation.Scenario.Recorded;
import io.weir.metering.recomputation.Wire;
import io.weir.wire.AvroSerializer;
import io.weir.wire.SchemaRegistry;
import io.weir.wire.Topics;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * A record on the log of a partition.
 *
 * @param recorded what the scenario says of it
 * @param key its key as bytes
 * @param value its value as bytes
 * @param away whether it lies on another partition than its key's
 */
record Arrival(
        Recorded recorded, @Nullable Bytes key, @Nullable Bytes value, boolean away) {

    private static final Map<String, ?> WIRE = Map.of("schema.registry.url", "mock://simulation");

    /** The registry of all runs. */
    static final SchemaRegistry REGISTRY = SchemaRegistry.of(WIRE);

    /** Writes the values of all runs. */
    static final AvroSerializer<SpecificRecord> RECORDS = new AvroSerializer<>();

    static {
        RECORDS.configure(WIRE, false);
    }

    /** A record of a scenario, on the partition of its key. */
    static Arrival of(Recorded recorded) {
        String key = recorded.key();
        return new Arrival(recorded, key == null ? null : Bytes.wrap(key.getBytes(UTF_8)), valueOf(recorded), false);
    }

    private static @Nullable Bytes valueOf(Recorded recorded) {
        Event event = recorded.value();
        String raw = recorded.raw();
        if (event != null) {
            return Bytes.wrap(
                    Objects.requireNonNull(RECORDS.serialize(Topics.USAGE_EVENTS.name(), Wire.usageEvent(event))));
        }
        return raw == null ? null : Bytes.wrap(Base64.getDecoder().decode(raw));
    }

    /** A record that carries nothing but the time. */
    static Arrival heartbeat(Instant ingest) {
        return of(new Recorded(ingest, null, null, null));
    }

    /** The same record on a partition that is not its key's. */
    Arrival movedAway() {
        return new Arrival(recorded, key, value, true);
    }

    /** The same record, written once more to the partition of its key. */
    Arrival rerouted(long ingestMillis) {
        Instant ingest = Instant.ofEpochMilli(ingestMillis);
        return new Arrival(new Recorded(ingest, recorded.key(), recorded.value(), recorded.raw()), key, value, false);
    }

    long ingestMillis() {
        return recorded.ingest().toEpochMilli();
    }

    /** The partition to which Kafka's default partitioner sends a key; a loader puts a record without one on the first. */
    static int homeOf(@Nullable Bytes key, int partitions) {
        return key == null ? 0 : Utils.toPositive(Utils.murmur2(key.get())) % partitions;
    }
}
