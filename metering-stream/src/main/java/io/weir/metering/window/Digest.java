package io.weir.metering.window;

import java.util.HexFormat;

/**
 * The sum modulo 2^128 of the hashes of some events' identities: the same for every order of arrival.
 *
 * @param high upper 64 bits
 * @param low lower 64 bits
 */
public record Digest(long high, long low) {

    /** The digest of no events. */
    public static final Digest NONE = new Digest(0, 0);

    /** The digest of these events and those. */
    public Digest plus(Digest other) {
        long sum = low + other.low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        return new Digest(high + other.high + carry, sum);
    }

    /** 32 lower-case hex digits. */
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
