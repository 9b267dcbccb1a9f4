package io.weir.deploy.audit;

import io.weir.billing.HeldLine;
import io.weir.deploy.installation.Cluster;
import io.weir.deploy.installation.CommittedLog;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.Topics;
import java.util.LinkedHashMap;
import java.util.Map;

/** What waits for a price or an account, and what the ledger put aside: not wrong, but somebody has to look. */
final class HeldLines {

    private static final int SHOWN = 20;

    private final Map<LineKey, HeldLine> waiting = new LinkedHashMap<>();
    private final Check check;

    HeldLines(Check check) {
        this.check = check;
    }

    /** Reads all of {@code held-lines}: the last record of a key counts. */
    void read(Cluster cluster, CommittedLog log) {
        AvroDeserializer<HeldLine> values = cluster.values(HeldLine.class);
        log.read(Topics.HELD_LINES, record -> add(values.read(record.value())));
    }

    void add(HeldLine line) {
        LineKey key = new LineKey(
                line.getDay(),
                line.getAccountId(),
                line.getWorkspaceId(),
                line.getResource(),
                line.getItem(),
                line.getRetentionDays());
        if (line.getReason() == null) {
            waiting.remove(key);
        } else {
            waiting.put(key, line);
        }
    }

    /** Lists the first that wait, and counts what the ledger put aside. */
    void list(LedgerDatabase database) {
        check.remark("%,d charges wait on held-lines for a price or an account", waiting.size());
        waiting.values().stream().limit(SHOWN).forEach(this::list);
        database.all(
                        "SELECT reason, count(*), min(detail) FROM held_back_line GROUP BY reason ORDER BY reason",
                        row -> "%,d records are held back in the ledger as %s: %s"
                                .formatted(row.getLong(2), row.getString(1), row.getString(3)))
                .forEach(said -> check.remark("%s", said));
        database.all(
                        "SELECT account_id, reason, detail FROM stopped_account ORDER BY account_id LIMIT " + SHOWN,
                        row -> "the posting of account %s has stopped: %s, %s"
                                .formatted(row.getString(1), row.getString(2), row.getString(3)))
                .forEach(said -> check.remark("%s", said));
    }

    private void list(HeldLine line) {
        check.remark(
                "%s %s %s %s %s: %s, quantity %s",
                line.getDay(),
                line.getAccountId(),
                line.getWorkspaceId(),
                line.getResource(),
                line.getItem(),
                line.getReason(),
                line.getQuantity());
    }
}
