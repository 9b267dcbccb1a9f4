package io.weir.feecenter.account;

import io.weir.wire.Secret;
import java.text.Normalizer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Passwords as they are kept: Argon2id with 19 MiB, two passes and one lane, each with a salt of its own. */
final class Passwords {

    private static final int SHORTEST = 8;
    private static final int LONGEST = 128;

    private final PasswordEncoder argon2 = new Argon2PasswordEncoder(16, 32, 1, 19 * 1024, 2);

    /** Checked in place of the hash of an account that does not exist, so that the time taken does not tell. */
    private final String nobodys = hash(new Secret(Ids.next("nobody_")));

    /**
     * What is kept of a password.
     *
     * @throws AccountRefused if it is shorter than 8 characters or longer than 128
     */
    String hash(Secret chosen) {
        String password = normalized(chosen);
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST || length > LONGEST) {
            throw new AccountRefused(
                    Refusal.PASSWORD_INVALID,
                    "a password of %d characters: choose one of %d to %d".formatted(length, SHORTEST, LONGEST));
        }
        return Objects.requireNonNull(argon2.encode(password));
    }

    /** Whether this is the password of the hash; never, if there is no hash. */
    boolean match(Secret tried, @Nullable String hash) {
        boolean same = argon2.matches(normalized(tried), hash == null ? nobodys : hash);
        return same && hash != null;
    }

    /** One spelling whatever the keyboard, e.g. of letters with accents. */
    private static String normalized(Secret password) {
        String value = password.value();
        return Normalizer.normalize(value.substring(0, Math.min(value.length(), 4 * LONGEST)), Normalizer.Form.NFKC);
    }
}
