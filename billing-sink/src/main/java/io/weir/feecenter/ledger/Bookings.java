package io.weir.feecenter.ledger;

import io.weir.billing.BillLine;
import io.weir.feecenter.ledger.Verdict.HoldBack;
import io.weir.feecenter.ledger.Verdict.Post;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The rows that a batch adds to the ledger, collected and then written table by table. */
final class Bookings {

    private static final String ACCOUNT =
            "INSERT INTO ledger_account (account_id, currency) VALUES (:account_id, :currency)"
                    + " ON CONFLICT (account_id) DO NOTHING";
    private static final String LINE = """
            INSERT INTO bill_line (line_id, day, account_id, workspace_id, resource, item, retention_days, revision, kind,
                quantity, amount, currency, net_quantity, net_amount, price, meters, first_ingested_at, last_ingested_at,
                binding_seqs, control_offset, content_sha256, topic_partition, topic_offset)
            VALUES (:line_id, :day, :account_id, :workspace_id, :resource, :item, :retention_days, :revision, :kind,
                :quantity, :amount, :currency, :net_quantity, :net_amount, CAST(:price AS jsonb), CAST(:meters AS jsonb),
                :first_ingested_at, :last_ingested_at, :binding_seqs, :control_offset, :content_sha256, :partition, :offset)
            """;
    private static final String POSTING = """
            INSERT INTO posting (line_id, book, account_id, amount, currency)
            VALUES (:line_id, :book, :account_id, :amount, :currency)
            """;
    private static final String HOLD_BACK = """
            INSERT INTO hold_back (topic_partition, topic_offset, account_id, line_id, reason, detail, bytes)
            VALUES (:partition, :offset, :account_id, :line_id, :reason, :detail, :bytes)
            """;
    private static final String STOP = """
            INSERT INTO account_stop (account_id, reason, detail, topic_partition, topic_offset)
            VALUES (:account_id, :reason, :detail, :partition, :offset)
            """;
    private static final String OUTCOME = """
            INSERT INTO held_back_outcome (topic_partition, topic_offset, decision_id, outcome, reason, detail)
            VALUES (:partition, :offset, :decision, :outcome, :reason, :detail)
            """;

    private final Map<String, PreparedBatch> batches = new LinkedHashMap<>();
    private final Handle handle;
    private final @Nullable Long release;

    /**
     * Nothing yet.
     *
     * @param release the decision by which held-back lines are judged again; null for lines that have just arrived
     */
    Bookings(Handle handle, @Nullable Long release) {
        this.handle = handle;
        this.release = release;
    }

    /** Adds what follows from the verdict on a line. */
    void add(ReceivedLine received, Verdict verdict) {
        if (verdict instanceof HoldBack holdBack) {
            holdBack(received, holdBack);
        } else if (verdict instanceof Post && received.line() != null) {
            post(received, received.line());
        }
        if (release != null) {
            addOutcome(received, verdict, release);
        }
    }

    /** Adds a line and its postings, and opens its account if it is new. */
    private void post(ReceivedLine received, BillLine line) {
        rows(ACCOUNT)
                .bind("account_id", line.getAccountId())
                .bind("currency", line.getCurrency())
                .add();
        addLine(received, line);
        for (Posting posting : Posting.of(new BigDecimal(line.getAmount()))) {
            rows(POSTING)
                    .bind("line_id", line.getLineId())
                    .bind("book", posting.book().name())
                    .bind("account_id", line.getAccountId())
                    .bind("amount", posting.amount())
                    .bind("currency", line.getCurrency())
                    .add();
        }
    }

    private void addLine(ReceivedLine received, BillLine line) {
        rows(LINE)
                .bind("line_id", line.getLineId())
                .bind("day", line.getDay())
                .bind("account_id", line.getAccountId())
                .bind("workspace_id", line.getWorkspaceId())
                .bind("resource", line.getResource())
                .bind("item", line.getItem())
                .bind("retention_days", line.getRetentionDays())
                .bind("revision", line.getRevision())
                .bind("kind", line.getKind().name())
                .bind("quantity", new BigDecimal(line.getQuantity()))
                .bind("amount", new BigDecimal(line.getAmount()))
                .bind("currency", line.getCurrency())
                .bind("net_quantity", new BigDecimal(line.getNetQuantity()))
                .bind("net_amount", new BigDecimal(line.getNetAmount()))
                .bind("price", LineContent.price(line))
                .bind("meters", LineContent.meters(line))
                .bind("first_ingested_at", utc(line.getFirstIngestedAt()))
                .bind("last_ingested_at", utc(line.getLastIngestedAt()))
                .bindArray("binding_seqs", Long.class, line.getBindingSeqs())
                .bind("control_offset", line.getControlOffset())
                .bind("content_sha256", LineContent.sha256(line))
                .bind("partition", received.partition())
                .bind("offset", received.offset())
                .add();
    }

    /** Puts a record that has just arrived aside with its bytes, and stops its account if the reason says so. */
    private void holdBack(ReceivedLine received, HoldBack holdBack) {
        BillLine line = received.line();
        String account = line != null && LineCheck.isId(line.getAccountId()) ? line.getAccountId() : null;
        String lineId = line != null && LineCheck.isId(line.getLineId()) ? line.getLineId() : null;
        if (release == null) {
            bindHoldBack(rows(HOLD_BACK), received, account, holdBack)
                    .bind("line_id", lineId)
                    .bind("bytes", bytes(received))
                    .add();
        }
        if (account != null && holdBack.reason().stopsAccount()) {
            bindHoldBack(rows(STOP), received, account, holdBack).add();
        }
    }

    private static PreparedBatch bindHoldBack(
            PreparedBatch rows, ReceivedLine received, @Nullable String account, HoldBack holdBack) {
        return rows.bind("partition", received.partition())
                .bind("offset", received.offset())
                .bind("account_id", account)
                .bind("reason", holdBack.reason().name())
                .bind("detail", holdBack.detail());
    }

    private void addOutcome(ReceivedLine received, Verdict verdict, long decision) {
        HoldBack holdBack = verdict instanceof HoldBack again ? again : null;
        String outcome = verdict instanceof Post ? "POSTED" : holdBack == null ? "REPEATED" : "HELD_BACK";
        rows(OUTCOME)
                .bind("partition", received.partition())
                .bind("offset", received.offset())
                .bind("decision", decision)
                .bind("outcome", outcome)
                .bind("reason", holdBack == null ? null : holdBack.reason().name())
                .bind("detail", holdBack == null ? null : holdBack.detail())
                .add();
    }

    /** Writes all rows, accounts before lines and lines before postings. */
    void write() {
        for (String statement : new String[] {ACCOUNT, LINE, POSTING, HOLD_BACK, STOP, OUTCOME}) {
            PreparedBatch rows = batches.remove(statement);
            if (rows != null) {
                rows.execute();
                rows.close();
            }
        }
    }

    private PreparedBatch rows(String statement) {
        return batches.computeIfAbsent(statement, handle::prepareBatch);
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static byte @Nullable [] bytes(ReceivedLine received) {
        if (received.bytes() == null) {
            return null;
        }
        byte[] bytes = new byte[received.bytes().remaining()];
        received.bytes().duplicate().get(bytes);
        return bytes;
    }
}
