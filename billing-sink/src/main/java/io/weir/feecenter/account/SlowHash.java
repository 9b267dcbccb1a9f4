package io.weir.feecenter.account;

import java.util.Objects;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** What is kept of a text that few bits could guess: Argon2id with 19 MiB, two passes and one lane, each with a salt of its own. */
final class SlowHash {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int KIBIBYTES = 19 * 1024;
    private static final int PASSES = 2;

    private static final PasswordEncoder ARGON2 =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, KIBIBYTES, PASSES);

    private SlowHash() {}

    /** The hash with its parameters and its salt. */
    static String of(String text) {
        return Objects.requireNonNull(ARGON2.encode(text));
    }

    /** Whether the hash is of this text. */
    static boolean isOf(String text, String hash) {
        return ARGON2.matches(text, hash);
    }
}
