package io.weir.feecenter.web;

import io.weir.feecenter.ledger.LedgerDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.commons.codec.digest.DigestUtils;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * The sessions of browsers. They are in the database, so that any fee center answers for them, and known by the hash of a token of 256
 * random bits. One ends 12 hours after it was opened, 2 hours after it was last used, or by signing out; each sign-in opens a new one.
 */
final class Sessions {

    /** After this a session ends, however much it is used. */
    static final Duration LIFE = Duration.ofHours(12);

    /** After this an unused session ends. */
    static final Duration IDLE = Duration.ofHours(2);

    private static final Duration NOTED_EVERY = Duration.ofMinutes(1);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TOKEN_BYTES = 32;

    private final Jdbi jdbi;
    private final InstantSource clock;

    Sessions(DataSource source, InstantSource clock) {
        this.jdbi = LedgerDatabase.jdbi(source);
        this.clock = clock;
    }

    /** The living session with this token. */
    Optional<Session> find(String token) {
        Instant now = clock.instant();
        return jdbi.inTransaction(handle -> {
            handle.createUpdate(
                            "UPDATE web_session SET seen_at = :now WHERE token_sha256 = :hash AND seen_at < :noted AND seen_at > :idle")
                    .bind("now", now.atOffset(ZoneOffset.UTC))
                    .bind("hash", DigestUtils.sha256Hex(token))
                    .bind("noted", now.minus(NOTED_EVERY).atOffset(ZoneOffset.UTC))
                    .bind("idle", now.minus(IDLE).atOffset(ZoneOffset.UTC))
                    .execute();
            return living(handle, token, now);
        });
    }

    private static Optional<Session> living(Handle handle, String token, Instant now) {
        return handle.createQuery("""
                        SELECT console_account_id, account_id, operator FROM web_session
                        WHERE token_sha256 = :hash AND seen_at > :idle AND opened_at > :oldest
                        """)
                .bind("hash", DigestUtils.sha256Hex(token))
                .bind("idle", now.minus(IDLE).atOffset(ZoneOffset.UTC))
                .bind("oldest", now.minus(LIFE).atOffset(ZoneOffset.UTC))
                .map(ConstructorMapper.of(Session.class))
                .findOne();
    }

    /** Opens a session and forgets those that have ended; its token is known to the browser only. */
    String open(Session session) {
        byte[] random = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(random);
        String token = HexFormat.of().formatHex(random);
        Instant now = clock.instant();
        jdbi.useTransaction(handle -> {
            handle.createUpdate("DELETE FROM web_session WHERE opened_at <= :oldest")
                    .bind("oldest", now.minus(LIFE).atOffset(ZoneOffset.UTC))
                    .execute();
            handle.createUpdate("""
                            INSERT INTO web_session (token_sha256, console_account_id, account_id, operator, opened_at, seen_at)
                            VALUES (:hash, :consoleAccountId, :accountId, :operator, :now, :now)
                            """)
                    .bind("consoleAccountId", session.consoleAccountId())
                    .bind("accountId", session.accountId())
                    .bind("operator", session.operator())
                    .bind("hash", DigestUtils.sha256Hex(token))
                    .bind("now", now.atOffset(ZoneOffset.UTC))
                    .execute();
        });
        return token;
    }

    /** Ends a session. */
    void close(String token) {
        jdbi.useHandle(handle -> handle.createUpdate("DELETE FROM web_session WHERE token_sha256 = :hash")
                .bind("hash", DigestUtils.sha256Hex(token))
                .execute());
    }

    /**
     * Ends all sessions in which an account is signed in.
     *
     * @param column that names the account
     */
    void closeAll(String column, String id) {
        jdbi.useHandle(handle -> handle.createUpdate("DELETE FROM web_session WHERE <column> = :id")
                .define("column", column)
                .bind("id", id)
                .execute());
    }
}
