package io.weir.feecenter.account;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names nobody can guess: a prefix that says what it is, and 128 bits from the system's secure source. */
public final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** The prefix and 32 lower-case hex digits. */
    public static String next(String prefix) {
        byte[] bits = new byte[16];
        RANDOM.nextBytes(bits);
        return prefix + HexFormat.of().formatHex(bits);
    }
}
