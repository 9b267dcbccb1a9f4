package io.weir.feecenter.web;

import io.weir.feecenter.ledger.LedgerDatabase;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** What an operator asks the fee center: is every cent of the topic in the ledger and settled, and what waits for a person? */
public final class OperatorQuery {

    private static final int SHOWN = 200;

    private final Jdbi jdbi;

    /** Asks the tables behind this source; it changes nothing. */
    public OperatorQuery(DataSource source) {
        this.jdbi = LedgerDatabase.jdbi(source);
    }

    /**
     * Where the lines of one partition of {@code fee-center.bill-lines} went.
     *
     * @param unaccounted lines read − posted − held back − repeats; always 0
     */
    public record Arrivals(
            int topicPartition, long linesRead, long posted, long heldBack, long duplicateLines, long unaccounted) {}

    /**
     * What became of the lines of one currency: lines = settled + open, in number and in money.
     *
     * @param imbalance sum of all postings of the ledger; always 0
     */
    public record Money(
            String currency,
            long lines,
            BigDecimal amount,
            long settledLines,
            BigDecimal settledAmount,
            long openLines,
            BigDecimal openAmount,
            BigDecimal imbalance) {}

    /**
     * An account whose posting is stopped.
     *
     * @param waiting lines of it that are held back
     */
    public record Stopped(String accountId, String reason, String detail, Instant stoppedAt, long waiting) {}

    /** A record that is held back; {@code accountId} is null if it says nothing that can be an account. */
    public record Held(
            int topicPartition,
            long topicOffset,
            @Nullable String accountId,
            String reason,
            String detail,
            Instant heldAt,
            boolean writtenOff) {}

    /**
     * What waits to be done in the background.
     *
     * @param changes rows of the control outbox that are not published
     * @param mails not sent yet
     * @param purses whose balance is not the sum of their postings; always 0
     * @param settledBefore every partition is metered beyond the days that ended before; null while one has said nothing
     */
    public record Waiting(
            long changes, long mails, long purses, @Nullable Instant settledBefore) {}

    /** Where the lines of each partition went. */
    public List<Arrivals> arrivals() {
        return list(Arrivals.class, """
                SELECT topic_partition, lines_read, posted, held_back, duplicate_lines, unaccounted FROM conservation
                ORDER BY topic_partition
                """);
    }

    /** What became of the lines of each currency. */
    public List<Money> money() {
        return list(Money.class, """
                SELECT currency, sum(conserved.lines)::bigint AS lines, sum(amount) AS amount, sum(settled_lines)::bigint AS settled_lines,
                       sum(settled_amount) AS settled_amount, sum(open_lines)::bigint AS open_lines, sum(open_amount) AS open_amount,
                       max(imbalance) AS imbalance
                FROM settlement_conservation AS conserved JOIN trial_balance USING (currency) GROUP BY currency ORDER BY currency
                """);
    }

    /** The accounts whose posting is stopped. */
    public List<Stopped> stopped() {
        return list(Stopped.class, """
                SELECT account_id, reason, detail, stopped_at,
                       (SELECT count(*) FROM held_back_line AS held
                        WHERE held.account_id = stopped.account_id AND NOT written_off) AS waiting
                FROM stopped_account AS stopped ORDER BY account_id COLLATE "C"
                """);
    }

    /** The newest records that are held back, 200 at most. */
    public List<Held> held() {
        return list(Held.class, """
                SELECT topic_partition, topic_offset, account_id, reason, detail, held_at, written_off FROM held_back_line
                ORDER BY held_at DESC, topic_partition, topic_offset LIMIT %d
                """.formatted(SHOWN));
    }

    /** What waits to be done in the background. */
    public Waiting waiting() {
        return list(Waiting.class, """
                SELECT (SELECT last_seq FROM control_outbox_number) - (SELECT published_seq FROM control_outbox_position) AS changes,
                       (SELECT count(*) FROM mail_outbox WHERE sent_at IS NULL) AS mails,
                       (SELECT count(*) FROM purse_imbalance) AS purses,
                       (SELECT CASE WHEN count(*) = max(partitions) THEN min(issued_before) END FROM metering_progress) AS settled_before
                """).get(0);
    }

    private <T> List<T> list(Class<T> row, String query) {
        return jdbi.withHandle(handle ->
                handle.createQuery(query).map(ConstructorMapper.of(row)).list());
    }
}
