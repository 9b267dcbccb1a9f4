package io.weir.metering.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.usage.RejectedUsage;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Writes down why and where a record was refused, with as much of it as fits (rules.md §3). */
public final class Rejections {

    private Rejections() {}

    /** The refused record for {@code rejected-usage}. */
    public static RejectedUsage of(
            Rejection rejection, byte @Nullable [] key, byte[] value, long ingestMillis, RecordMetadata where) {
        return new RejectedUsage(
                rejection.reason(),
                rejection.detail(),
                where.topic(),
                where.partition(),
                where.offset(),
                Instant.ofEpochMilli(ingestMillis),
                key == null ? null : beginning(key, KeyBytes.MOST_BYTES),
                beginning(value, Checks.LARGEST_VALUE_BYTES),
                LongValue.length(value),
                LongValue.sha256(value));
    }

    /** The refused record's key as the key of its refusal: the text, if it could be a workspace id. */
    public static @Nullable String keyOf(byte @Nullable [] key) {
        return key != null && Checks.isName(key, 0, key.length) ? new String(key, UTF_8) : null;
    }

    private static ByteBuffer beginning(byte[] bytes, int most) {
        return ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, most)).slice();
    }
}
