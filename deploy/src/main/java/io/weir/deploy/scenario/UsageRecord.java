package io.weir.deploy.scenario;

import io.weir.usage.UsageEvent;
import java.time.Instant;
import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One record of the usage topic as it arrives: one line of {@code usage.ndjson} (rules.md §9). */
public sealed interface UsageRecord {

    /** When it arrives, to the millisecond: the record's timestamp. */
    Instant ingest();

    /** The record's key, which chooses the partition; null for any partition. */
    @Nullable
    String key();

    /** The record's value; null for a heartbeat. */
    byte @Nullable [] bytes(Function<UsageEvent, byte[]> serializer);

    /** What a producer measured. The event is written as it is, right or wrong. */
    record Event(Instant ingest, @Nullable String key, UsageEvent value) implements UsageRecord {
        @Override
        public byte[] bytes(Function<UsageEvent, byte[]> serializer) {
            return serializer.apply(value);
        }
    }

    /** Nothing but the time. */
    record Heartbeat(Instant ingest, @Nullable String key) implements UsageRecord {
        @Override
        public byte @Nullable [] bytes(Function<UsageEvent, byte[]> serializer) {
            return null;
        }
    }

    /** Bytes that no serializer made, in base64. */
    record Raw(Instant ingest, @Nullable String key, String base64) implements UsageRecord {
        @Override
        public byte[] bytes(Function<UsageEvent, byte[]> serializer) {
            return Base64.getDecoder().decode(base64);
        }
    }
}
