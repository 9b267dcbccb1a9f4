package io.weir.feecenter.account;

import io.weir.wire.Secret;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/** Passwords as they are kept. */
final class Passwords {

    private static final int SHORTEST = 8;
    private static final int LONGEST = 128;

    /** Checked in place of the hash of an account that does not exist, so that the time taken does not tell. */
    private static final String NOBODYS = SlowHash.of(Ids.next("nobody_"));

    private Passwords() {}

    /**
     * What is kept of a password.
     *
     * @throws AccountRefused if it is shorter than 8 characters or longer than 128
     */
    static String hash(Secret chosen) {
        String password = normalized(chosen);
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST || length > LONGEST) {
            throw new AccountRefused(
                    Refusal.PASSWORD_INVALID,
                    "a password of %d characters: choose one of %d to %d".formatted(length, SHORTEST, LONGEST));
        }
        return SlowHash.of(password);
    }

    /** Whether this is the password of the hash; never, if there is no hash. */
    static boolean match(Secret tried, @Nullable String hash) {
        boolean same = SlowHash.isOf(normalized(tried), hash == null ? NOBODYS : hash);
        return same && hash != null;
    }

    /** One spelling whatever the keyboard, e.g. of letters with accents. */
    private static String normalized(Secret password) {
        String value = password.value();
        return Normalizer.normalize(value.substring(0, Math.min(value.length(), 4 * LONGEST)), Normalizer.Form.NFKC);
    }
}
