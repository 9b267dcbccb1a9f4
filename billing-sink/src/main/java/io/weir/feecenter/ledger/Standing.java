package io.weir.feecenter.ledger;

import io.weir.billing.BillLine;
import io.weir.feecenter.ledger.Verdict.HoldBack;
import io.weir.feecenter.ledger.Verdict.Post;
import io.weir.feecenter.ledger.Verdict.Repeat;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * How the accounts and lines of a batch stand in the ledger: read once, then kept up with every line of the batch, so that
 * the second of two lines is judged as if the first were posted already.
 */
final class Standing {

    private final Map<String, String> contents;
    private final Map<String, String> currencies;
    private final Set<String> stopped;
    private final Set<String> writtenOff;

    private Standing(
            Map<String, String> contents, Map<String, String> currencies, Set<String> stopped, Set<String> writtenOff) {
        this.contents = contents;
        this.currencies = currencies;
        this.stopped = stopped;
        this.writtenOff = writtenOff;
    }

    /** Reads what the ledger holds about these lines, the lines before them and their accounts. */
    static Standing of(Handle handle, List<ReceivedLine> received) {
        List<BillLine> lines = received.stream()
                .map(ReceivedLine::line)
                .filter(Objects::nonNull)
                .filter(line -> LineCheck.isId(line.getAccountId()) && LineCheck.isId(line.getLineId()))
                .toList();
        List<String> ids = lines.stream()
                .flatMap(line -> Stream.of(line.getLineId(), LineId.ofPrevious(line)))
                .distinct()
                .toList();
        List<String> accounts =
                lines.stream().map(BillLine::getAccountId).distinct().toList();
        return new Standing(
                pairs(handle, "SELECT line_id, content_sha256 FROM bill_line WHERE line_id = ANY(:keys)", ids),
                pairs(
                        handle,
                        "SELECT account_id, currency FROM ledger_account WHERE account_id = ANY(:keys)",
                        accounts),
                new HashSet<>(pairs(
                                handle,
                                "SELECT account_id, reason FROM stopped_account WHERE account_id = ANY(:keys)",
                                accounts)
                        .keySet()),
                pairs(handle, "SELECT line_id, outcome FROM held_back_outcome WHERE line_id = ANY(:keys)", ids)
                        .keySet());
    }

    private static Map<String, String> pairs(Handle handle, String query, List<String> keys) {
        return handle.createQuery(query)
                .bindArray("keys", String.class, keys)
                .reduceRows(new HashMap<>(), (found, row) -> {
                    found.put(row.getColumn(1, String.class), row.getColumn(2, String.class));
                    return found;
                });
    }

    /** What is to become of this line. Tell {@link #posted} or {@link #heldBack} what became of it before the next. */
    Verdict judge(ReceivedLine received) {
        BillLine line = received.line();
        if (line == null) {
            return new HoldBack(HoldReason.UNREADABLE, received.problem());
        }
        String content = contents.get(line.getLineId());
        if (content != null && content.equals(LineContent.sha256(line))) {
            return new Repeat();
        }
        if (stopped.contains(line.getAccountId())) {
            return new HoldBack(HoldReason.ACCOUNT_STOPPED, "an earlier line stopped the account's posting");
        }
        if (content != null) {
            return new HoldBack(HoldReason.LEDGER_CONFLICT, "the line stands in the ledger with other content");
        }
        return LineCheck.objection(line).<Verdict>map(objection -> objection).orElseGet(() -> inItsPlace(line));
    }

    private Verdict inItsPlace(BillLine line) {
        String currency = currencies.getOrDefault(line.getAccountId(), line.getCurrency());
        if (!currency.equals(line.getCurrency())) {
            return new HoldBack(HoldReason.WRONG_CURRENCY, "the account is billed in " + currency);
        }
        if (line.getRevision() > 0 && isMissing(LineId.ofPrevious(line))) {
            return new HoldBack(HoldReason.REVISION_GAP, "revision %d is missing".formatted(line.getRevision() - 1));
        }
        return new Post();
    }

    /** A revision that a person has written off leaves no gap. */
    private boolean isMissing(String lineId) {
        return !contents.containsKey(lineId) && !writtenOff.contains(lineId);
    }

    /** This line is in the ledger now. */
    void posted(BillLine line) {
        contents.put(line.getLineId(), LineContent.sha256(line));
        currencies.put(line.getAccountId(), line.getCurrency());
    }

    /** This line was put aside. */
    void heldBack(BillLine line, HoldReason reason) {
        if (reason.stopsAccount()) {
            stopped.add(line.getAccountId());
        }
    }
}
