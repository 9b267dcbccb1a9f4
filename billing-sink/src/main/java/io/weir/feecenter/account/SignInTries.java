package io.weir.feecenter.account;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** Slows down whoever guesses passwords: ten tries for one login in a quarter of an hour, wherever they come from. */
final class SignInTries {

    private static final int LIMIT = 10;
    private static final Duration WINDOW = Duration.ofMinutes(15);

    private final Changes changes;
    private final InstantSource clock;
    private final String realm;

    /** @param realm what is signed into: logins of one realm are nothing to another */
    SignInTries(Changes changes, InstantSource clock, String realm) {
        this.changes = changes;
        this.clock = clock;
        this.realm = realm;
    }

    /**
     * Counts a try before its password is looked at, so that many at once are not more than the limit either.
     *
     * @throws AccountRefused if there were too many
     */
    void begin(String login) {
        Instant now = clock.instant();
        long tries = changes.make(handle -> {
            Changes.oneAtATime(handle, realm + " " + key(login));
            handle.createUpdate("DELETE FROM sign_in_attempt WHERE attempted_at <= :old")
                    .bind("old", now.minus(WINDOW))
                    .execute();
            handle.createUpdate(
                            "INSERT INTO sign_in_attempt (realm, login, attempted_at) VALUES (:realm, :login, :now)")
                    .bind("realm", realm)
                    .bind("login", key(login))
                    .bind("now", now)
                    .execute();
            return handle.createQuery("SELECT count(*) FROM sign_in_attempt WHERE realm = :realm AND login = :login")
                    .bind("realm", realm)
                    .bind("login", key(login))
                    .mapTo(Long.class)
                    .one();
        });
        if (tries > LIMIT) {
            throw new AccountRefused(Refusal.TOO_MANY_TRIES, "more than %d tries in %s".formatted(LIMIT, WINDOW));
        }
    }

    /** Forgets the tries of a login that has succeeded. */
    void succeeded(String login) {
        changes.make(
                handle -> handle.createUpdate("DELETE FROM sign_in_attempt WHERE realm = :realm AND login = :login")
                        .bind("realm", realm)
                        .bind("login", key(login))
                        .execute());
    }

    private static String key(String login) {
        String key = login.strip().toLowerCase(Locale.ROOT);
        return key.substring(0, Math.min(key.length(), 200));
    }
}
