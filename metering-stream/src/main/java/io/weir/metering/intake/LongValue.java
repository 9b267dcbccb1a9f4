package io.weir.metering.intake;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A value of more than 1 MiB, as it goes through the line: its first 1 MiB, then its length and SHA-256. It is refused
 * whatever is in it (rules.md §3), so the rest need not be kept. Every array that is longer than 1 MiB has this form, for
 * {@link BareBytes} gives it to each longer value as soon as it is fetched.
 */
final class LongValue {

    private static final int SHA256_BYTES = 32;
    private static final int FORM_BYTES = Checks.LARGEST_VALUE_BYTES + Long.BYTES + SHA256_BYTES;

    private LongValue() {}

    /** This form of a value of more than 1 MiB. */
    static byte[] of(ByteBuffer value) {
        MessageDigest sha256 = DigestUtils.getSha256Digest();
        sha256.update(value.duplicate());
        byte[] form = new byte[FORM_BYTES];
        value.duplicate().get(form, 0, Checks.LARGEST_VALUE_BYTES);
        ByteBuffer.wrap(form)
                .position(Checks.LARGEST_VALUE_BYTES)
                .putLong(value.remaining())
                .put(sha256.digest());
        return form;
    }

    /** How long the value was, in bytes. */
    static long length(byte[] value) {
        return isLong(value) ? ByteBuffer.wrap(value).getLong(Checks.LARGEST_VALUE_BYTES) : value.length;
    }

    /** The SHA-256 of the whole value, 64 lower-case hex digits. */
    static String sha256(byte[] value) {
        return isLong(value)
                ? HexFormat.of().formatHex(value, FORM_BYTES - SHA256_BYTES, FORM_BYTES)
                : DigestUtils.sha256Hex(value);
    }

    private static boolean isLong(byte[] value) {
        if (value.length > Checks.LARGEST_VALUE_BYTES && value.length != FORM_BYTES) {
            throw new IllegalStateException(
                    "a value of %d bytes did not come through BareBytes: let the consumer of usage-events use it"
                            .formatted(value.length));
        }
        return value.length > Checks.LARGEST_VALUE_BYTES;
    }
}
