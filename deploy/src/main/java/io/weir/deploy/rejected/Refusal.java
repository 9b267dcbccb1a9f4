package io.weir.deploy.rejected;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.usage.RejectedUsage;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * One refused record.
 *
 * @param workspaceId the workspace as the record's key named it; empty where the key could not be one
 * @param usage why and where it was refused, with its bytes
 */
record Refusal(String workspaceId, RejectedUsage usage) {

    /** Keys longer than this are cut; no workspace id is so long. */
    private static final int LONGEST_KEY_BYTES = 64 * 1024;

    static Refusal of(byte @Nullable [] recordKey, RejectedUsage usage) {
        return new Refusal(recordKey == null ? "" : new String(recordKey, UTF_8), usage);
    }

    /** Where the record arrived, the way the commands name it. */
    Position position() {
        return new Position(usage.getPartition(), usage.getOffset());
    }

    /** The record's key; null if it had none. */
    byte @Nullable [] key() {
        ByteBuffer key = usage.getOriginalKey();
        return key == null ? null : bytes(key);
    }

    /** What was kept of the record's value. */
    byte[] value() {
        return bytes(usage.getOriginalValue());
    }

    /** Why the record cannot be sent again as it was; empty if it can. */
    Optional<String> hindrance() {
        byte[] key = key();
        byte[] value = value();
        if (key == null) {
            return Optional.of("it has no key, so it would be refused again");
        }
        if (key.length >= LONGEST_KEY_BYTES) {
            return Optional.of("its key is longer than what was kept");
        }
        if (usage.getOriginalLength() > value.length) {
            return Optional.of(
                    "only %,d of its %,d bytes were kept".formatted(value.length, usage.getOriginalLength()));
        }
        return DigestUtils.sha256Hex(value).equals(usage.getOriginalSha256())
                ? Optional.empty()
                : Optional.of("its bytes are not those that were refused: their SHA-256 differs");
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
