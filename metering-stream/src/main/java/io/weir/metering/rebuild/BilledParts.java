package io.weir.metering.rebuild;

import io.weir.billing.BillLine;
import io.weir.metering.rating.Billed;
import io.weir.metering.rating.LineKey;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What has been billed for each line key: net quantity, net amount and last revision of what stands on the topic (rules.md §7). */
final class BilledParts {

    private final Map<WorkspaceDay, Map<LineKey, Billed>> byDay = new HashMap<>();

    /** Takes one part. */
    interface PartConsumer {
        void accept(WorkspaceDay day, LineKey key, Billed billed);
    }

    /**
     * The next line of the topic.
     *
     * @throws RebuildRefused if lines before it are missing
     */
    void add(BillLine line) {
        Map<LineKey, Billed> parts =
                byDay.computeIfAbsent(new WorkspaceDay(line.getWorkspaceId(), line.getDay()), any -> new TreeMap<>());
        LineKey key = new LineKey(line.getAccountId(), line.getResource(), line.getItem(), line.getRetentionDays());
        Billed before = parts.getOrDefault(key, Billed.NOTHING);
        if (line.getRevision() > before.lastRevision()) { // else the same line once more, which changes nothing
            parts.put(key, next(before, line));
        }
    }

    private static Billed next(Billed before, BillLine line) {
        BigDecimal quantity = before.quantity().add(new BigDecimal(line.getQuantity()));
        BigDecimal amount = before.amount().add(new BigDecimal(line.getAmount()));
        if (line.getRevision() != before.lastRevision() + 1
                || quantity.compareTo(new BigDecimal(line.getNetQuantity())) != 0
                || amount.compareTo(new BigDecimal(line.getNetAmount())) != 0) {
            throw new RebuildRefused(
                    "line %s is revision %d and comes to %s for %s, but the lines before it on the topic end with revision %d and it makes %s for %s: lines are missing, restore the topic first"
                            .formatted(
                                    line.getLineId(),
                                    line.getRevision(),
                                    line.getNetQuantity(),
                                    line.getNetAmount(),
                                    before.lastRevision(),
                                    quantity.toPlainString(),
                                    amount));
        }
        return new Billed(quantity, amount, line.getRevision(), null);
    }

    /** What is held of these days, beside what was billed. */
    void hold(HeldParts held) {
        held.byDay().forEach((day, holds) -> {
            Map<LineKey, Billed> parts = byDay.computeIfAbsent(day, any -> new TreeMap<>());
            holds.forEach((key, hold) -> {
                Billed billed = parts.getOrDefault(key, Billed.NOTHING);
                parts.put(key, new Billed(billed.quantity(), billed.amount(), billed.lastRevision(), hold));
            });
        });
    }

    /** Hands over every part. */
    void forEach(PartConsumer consumer) {
        byDay.forEach((day, parts) -> parts.forEach((key, billed) -> consumer.accept(day, key, billed)));
    }

    /** Number of parts. */
    long size() {
        return byDay.values().stream().mapToLong(Map::size).sum();
    }
}
