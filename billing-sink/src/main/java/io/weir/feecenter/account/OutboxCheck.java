package io.weir.feecenter.account;

import java.time.Duration;
import org.jdbi.v3.core.Jdbi;

/**
 * What accounts have left to do, for people who watch over it.
 *
 * @param changes how many changes the control log is not told yet
 * @param oldestChange for how long the oldest of them has waited; zero if none waits
 * @param mails how many mails are not sent yet
 */
public record OutboxCheck(long changes, Duration oldestChange, long mails) {

    /** Asks the database. */
    public static OutboxCheck of(Jdbi jdbi) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT count(*) AS changes,
                            greatest(coalesce(extract(epoch FROM now() - min(recorded_at)), 0), 0)::bigint AS oldest_seconds,
                            (SELECT count(*) FROM mail_outbox WHERE sent_at IS NULL) AS mails
                        FROM control_outbox WHERE seq > (SELECT published_seq FROM control_outbox_position)
                        """)
                .map((row, context) -> new OutboxCheck(
                        row.getLong("changes"),
                        Duration.ofSeconds(row.getLong("oldest_seconds")),
                        row.getLong("mails")))
                .one());
    }
}
