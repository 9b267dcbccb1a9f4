package io.weir.feecenter.account;

import jakarta.mail.MessagingException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Mail that tells of a change: written down in the transaction of the change, sent soon after, once or rarely twice. */
public final class Mailings {

    private static final Logger LOG = LoggerFactory.getLogger(Mailings.class);

    private final Changes changes;
    private final InstantSource clock;
    private final Mail mail;

    /** What stands in the database behind this source, to be sent through this server. */
    public Mailings(DataSource source, InstantSource clock, Mail mail) {
        this.changes = new Changes(source);
        this.clock = clock;
        this.mail = mail;
    }

    /** A mail that is not sent yet. */
    private record Unsent(long mailId, String recipient, String subject, String body) {}

    /** Writes a mail down within the transaction of what it tells of; nothing to an account from files in which nobody signs in yet. */
    static void add(Handle handle, Instant now, String recipient, MailText text) {
        if (recipient.isEmpty()) {
            return;
        }
        handle.createUpdate("""
                        INSERT INTO mail_outbox (recipient, subject, body, recorded_at)
                        VALUES (:recipient, :subject, :body, :now)
                        """)
                .bind("recipient", recipient)
                .bind("subject", text.subject())
                .bind("body", text.body())
                .bind("now", now)
                .execute();
    }

    /**
     * Sends what waits, the oldest first. To be called now and then; any number of fee centers may at once.
     *
     * @return how many were sent; fewer than waited if the server does not take one, and the next call begins with that one
     */
    public int sendWaiting() {
        int sent = 0;
        while (changes.make(this::sendNext)) {
            sent++;
        }
        return sent;
    }

    private boolean sendNext(Handle handle) {
        Optional<Unsent> next =
                handle.createQuery("""
                        SELECT mail_id, recipient, subject, body FROM mail_outbox
                        WHERE sent_at IS NULL ORDER BY mail_id LIMIT 1 FOR UPDATE SKIP LOCKED
                        """).map(ConstructorMapper.of(Unsent.class)).findOne();
        return next.isPresent() && send(handle, next.get());
    }

    private boolean send(Handle handle, Unsent unsent) {
        try {
            mail.send(unsent.recipient(), new MailText(unsent.subject(), unsent.body()));
        } catch (MessagingException e) {
            LOG.warn("Mail {} waits, the mail server does not take it: {}", unsent.mailId(), e.toString());
            return false;
        }
        return handle.createUpdate("UPDATE mail_outbox SET sent_at = :now WHERE mail_id = :id")
                        .bind("now", clock.instant())
                        .bind("id", unsent.mailId())
                        .execute()
                == 1;
    }
}
