package io.weir.feecenter.account;

import jakarta.mail.MessagingException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Codes of six digits that are sent by mail. Each works once, for one purpose and subject, for ten minutes and five tries; nobody gets
 * more than five in an hour, so that guessing has 25 tries in a million each hour.
 */
public final class Codes {

    private static final Logger LOG = LoggerFactory.getLogger(Codes.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BOUND = 1_000_000;
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final int TRIES = 5;
    private static final Duration SPAN = Duration.ofHours(1);
    private static final int CODES_IN_SPAN = 5;

    private final Changes changes;
    private final InstantSource clock;
    private final Optional<Mail> mail;

    /** Codes that are kept in the database behind this source and sent through this mail server; without one nobody gets a code. */
    public Codes(DataSource source, InstantSource clock, Optional<Mail> mail) {
        this.changes = new Changes(source);
        this.clock = clock;
        this.mail = mail;
    }

    /** A code as it is kept. */
    private record Kept(long codeId, String codeHash) {

        @Override
        public String toString() {
            return "code " + codeId;
        }
    }

    /**
     * Sends a code to somebody who wants to register with an e-mail address.
     *
     * @throws AccountRefused as {@link #send}, or if it is no address
     */
    public void sendToRegister(String email, Locale language) {
        String address = Contact.email(email);
        send(CodePurpose.REGISTER, address, address, "", language);
    }

    /**
     * Uses up the code that was sent to register with this address: before the registration.
     *
     * @throws AccountRefused {@link Refusal#CODE_WRONG}
     */
    public void useToRegister(String email, String code) {
        use(CodePurpose.REGISTER, Contact.email(email), code);
    }

    /**
     * Sends a new code, which takes the place of those that were sent for the same.
     *
     * @param recipient e-mail address
     * @param account user name of the account it is about; empty if there is none yet
     * @throws AccountRefused {@link Refusal#TOO_MANY_TRIES} or {@link Refusal#MAIL_UNAVAILABLE}
     */
    void send(CodePurpose purpose, String subject, String recipient, String account, Locale language) {
        Mail server = mail.orElseThrow(() -> new AccountRefused(Refusal.MAIL_UNAVAILABLE, "no mail server is set"));
        String code = "%06d".formatted(RANDOM.nextInt(BOUND));
        String hash = SlowHash.of(code);
        changes.make(handle -> {
            Changes.oneAtATime(handle, "code to " + recipient);
            requireFew(handle, recipient, clock.instant());
            return insert(handle, purpose, subject, recipient, hash);
        });
        try {
            server.send(recipient, MailText.ofCode(code, purpose, account, language));
        } catch (MessagingException e) {
            LOG.warn("No code was sent, the mail server does not take it: {}", e.toString());
            throw new AccountRefused(Refusal.MAIL_UNAVAILABLE, "the mail server does not take it");
        }
    }

    private static void requireFew(Handle handle, String recipient, Instant now) {
        handle.createUpdate("DELETE FROM code WHERE sent_at <= :old")
                .bind("old", now.minus(SPAN))
                .execute();
        long sent = handle.createQuery("SELECT count(*) FROM code WHERE recipient = :recipient")
                .bind("recipient", recipient)
                .mapTo(Long.class)
                .one();
        if (sent >= CODES_IN_SPAN) {
            throw new AccountRefused(Refusal.TOO_MANY_TRIES, "%d codes in %s".formatted(sent, SPAN));
        }
    }

    private int insert(Handle handle, CodePurpose purpose, String subject, String recipient, String hash) {
        return handle.createUpdate("""
                        INSERT INTO code (purpose, subject, recipient, code_hash, sent_at)
                        VALUES (:purpose, :subject, :recipient, :hash, :now)
                        """)
                .bind("purpose", purpose)
                .bind("subject", subject)
                .bind("recipient", recipient)
                .bind("hash", hash)
                .bind("now", clock.instant())
                .execute();
    }

    /**
     * Uses a code up. What it allows is done afterwards, in another transaction: a wrong try must stay counted.
     *
     * @throws AccountRefused {@link Refusal#CODE_WRONG}
     */
    void use(CodePurpose purpose, String subject, String code) {
        boolean right = changes.make(handle -> usable(handle, purpose, subject)
                .map(kept -> isRight(handle, kept, code.strip()))
                .orElse(false));
        if (!right) {
            throw new AccountRefused(Refusal.CODE_WRONG, "wrong, used, too old, or tried too often");
        }
    }

    private Optional<Kept> usable(Handle handle, CodePurpose purpose, String subject) {
        return handle.createQuery("""
                        SELECT code_id, code_hash FROM code
                        WHERE code_id = (SELECT max(code_id) FROM code WHERE purpose = :purpose AND subject = :subject)
                          AND NOT used AND tries < :tries AND sent_at > :oldest
                        FOR UPDATE
                        """)
                .bind("purpose", purpose)
                .bind("subject", subject)
                .bind("tries", TRIES)
                .bind("oldest", clock.instant().minus(LIFE))
                .map(ConstructorMapper.of(Kept.class))
                .findOne();
    }

    private static boolean isRight(Handle handle, Kept kept, String code) {
        boolean right = SlowHash.isOf(code, kept.codeHash());
        handle.createUpdate("UPDATE code SET used = :right, tries = tries + 1 WHERE code_id = :id")
                .bind("right", right)
                .bind("id", kept.codeId())
                .execute();
        return right;
    }
}
