package io.weir.deploy.audit;

import io.weir.billing.BillLine;
import io.weir.deploy.installation.CommittedLog;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The ledger by itself and against the topic (rules.md §8). */
final class LedgerAudit {

    private static final String LINES_OF = "SELECT " + String.join(", ", LedgerLine.COLUMNS)
            + ", topic_offset FROM bill_line WHERE %s ORDER BY topic_offset";

    private final LedgerDatabase database;
    private final Check sums;
    private final Check againstTopic;
    private final Map<Integer, LedgerMerge.Position> positions;
    private long read;
    private long unread;

    /**
     * @param topic name of the topic of the bill lines
     * @param sums told where the books do not balance
     * @param againstTopic told where ledger and topic differ
     */
    LedgerAudit(String topic, LedgerDatabase database, Check sums, Check againstTopic) {
        this.database = database;
        this.sums = sums;
        this.againstTopic = againstTopic;
        this.positions = database.all("""
                        SELECT topic_partition, next_offset, lines_read, duplicate_lines FROM sink_position
                        WHERE topic = ?
                        """, LedgerAudit::position, topic).stream()
                .collect(Collectors.toMap(LedgerMerge.Position::partition, Function.identity()));
    }

    private static LedgerMerge.Position position(ResultSet row) throws SQLException {
        return new LedgerMerge.Position(row.getInt(1), row.getLong(2), row.getLong(3), row.getLong(4));
    }

    /** Whether the books balance: per currency, per line, and as the ledger's own view counts its records. */
    void balance() {
        database.all(
                        "SELECT currency, sum(amount) FROM posting GROUP BY currency ORDER BY currency",
                        row -> Map.entry(row.getString(1), row.getBigDecimal(2)))
                .forEach(sum -> requireZero(sum.getKey(), sum.getValue()));
        each("""
                SELECT line.line_id, line.amount, coalesce(sum(posting.amount) FILTER (WHERE book = 'RECEIVABLE'), 0),
                       coalesce(sum(posting.amount), 0)
                FROM bill_line AS line LEFT JOIN posting ON posting.line_id = line.line_id
                GROUP BY line.line_id, line.amount
                HAVING coalesce(sum(posting.amount) FILTER (WHERE book = 'RECEIVABLE'), 0) <> line.amount
                    OR coalesce(sum(posting.amount), 0) <> 0
                ORDER BY 1
                """, "line %s of %s: the receivable is %s, the sum of its postings %s");
        each("""
                SELECT posting.line_id, posting.book, posting.amount, posting.currency
                FROM posting LEFT JOIN bill_line AS line ON line.line_id = posting.line_id
                WHERE line.line_id IS NULL OR line.currency <> posting.currency OR line.account_id <> posting.account_id
                ORDER BY 1, 2
                """, "posting to %s %s of %s %s has no line of its account and currency");
        each("""
                SELECT topic, topic_partition, lines_read, unaccounted FROM conservation WHERE unaccounted <> 0 ORDER BY 1, 2
                """, "the ledger's own count of %s partition %s: of %s lines read, %s are unaccounted for");
    }

    private void requireZero(String currency, BigDecimal sum) {
        if (sum.signum() != 0) {
            sums.violation("the postings in %s sum to %s", currency, sum.toPlainString());
        } else {
            sums.remark("the postings in %s sum to 0", currency);
        }
    }

    private void each(String query, String sentence) {
        try (Rows<Object[]> rows = database.rows(query, LedgerAudit::fourColumns)) {
            rows.forEachRemaining(row -> sums.violation(sentence, row));
        }
    }

    private static Object[] fourColumns(ResultSet row) throws SQLException {
        return new Object[] {row.getString(1), row.getString(2), row.getString(3), row.getString(4)};
    }

    /** Whether what the ledger has of this partition is what stands there, line by line; the lines chain as they are read. */
    void compare(TopicPartition partition, CommittedLog log, Lines lines, LineChains chains) {
        LedgerMerge.Position position =
                positions.getOrDefault(partition.partition(), new LedgerMerge.Position(partition.partition(), 0, 0, 0));
        if (position.nextOffset() > log.end(partition)) {
            againstTopic.violation(
                    "%s: the sink's position %,d lies behind the end %,d",
                    partition, position.nextOffset(), log.end(partition));
        }
        try (Rows<LedgerLine> rows = database.rows(
                        LINES_OF.formatted("topic_partition = ?"), LedgerLine::of, partition.partition());
                Rows<Long> heldBack = database.rows(
                        "SELECT topic_offset FROM held_back_line WHERE topic_partition = ? ORDER BY 1",
                        row -> row.getLong(1),
                        partition.partition())) {
            LedgerMerge merge = new LedgerMerge(position, rows, heldBack, this::isRepeat, againstTopic);
            log.read(partition, record -> {
                @Nullable BillLine line = lines.read(record);
                if (line != null) {
                    chains.add(Lines.key(record), line);
                }
                merge.add(record.offset(), line);
            });
            merge.end();
            read += merge.read();
            unread += merge.unread();
        }
    }

    private boolean isRepeat(BillLine line) {
        List<LedgerLine> posted = database.all(LINES_OF.formatted("line_id = ?"), LedgerLine::of, line.getLineId());
        return posted.size() == 1
                && LedgerLine.of(0, line).differenceTo(posted.get(0)).isEmpty();
    }

    /** Says how much was compared, and which lines lie where the topic has no partition. */
    void end(int partitions) {
        try (Rows<Object[]> rows = database.rows(
                "SELECT line_id, topic_partition::text, topic_offset::text, '' FROM bill_line WHERE topic_partition >= ?",
                LedgerAudit::fourColumns,
                partitions)) {
            rows.forEachRemaining(row -> againstTopic.violation(
                    "line %s is in the ledger, but not on the topic: it has no partition %s", row));
        }
        againstTopic.remark("%,d lines that the sink has read, compared column by column", read);
        if (unread > 0) {
            againstTopic.remark("%,d lines on the topic have not been read by the sink yet", unread);
        }
    }
}
