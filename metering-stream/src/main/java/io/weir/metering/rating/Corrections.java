package io.weir.metering.rating;

import io.weir.billing.HoldReason;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a day costs now minus what has been billed for it, over the union of the groups that exist now and those that were
 * billed (rules.md §7). The close of a day is the same with nothing billed yet.
 *
 * @param lines what is to be issued, in the order of their keys
 * @param holds what waits otherwise than before
 * @param billed what stands on the topic and what is held, with these lines
 */
public record Corrections(List<Difference> lines, List<HoldChange> holds, SortedMap<LineKey, Billed> billed) {

    /**
     * A line to issue.
     *
     * @param key what it is for
     * @param revision its number, from 0
     * @param quantity the difference in base units of the item
     * @param amount the difference in money
     * @param net what stands on the topic with this line
     * @param rated what the group costs now; null if the group is gone, which costs nothing
     */
    public record Difference(
            LineKey key,
            int revision,
            BigDecimal quantity,
            BigDecimal amount,
            Billed net,
            Rated.@Nullable Priced rated) {}

    /**
     * A change of what is held.
     *
     * @param key what it is for
     * @param hold what waits now; null if nothing does any more
     * @param billedQuantity what was billed of it, base units of the item
     * @param currency the account's currency; null if unknown or nothing waits
     */
    public record HoldChange(
            LineKey key,
            Billed.@Nullable Hold hold,
            BigDecimal billedQuantity,
            @Nullable String currency) {}

    /**
     * Compares a day's charges as rated now with what was billed.
     *
     * @param rated the groups that exist now
     * @param billed what was billed and held before
     */
    public static Corrections between(Collection<Rated> rated, Map<LineKey, Billed> billed) {
        Corrections corrections = new Corrections(new ArrayList<>(), new ArrayList<>(), new TreeMap<>(billed));
        SortedMap<LineKey, @Nullable Rated> union = new TreeMap<>();
        billed.keySet().forEach(key -> union.put(key, null));
        rated.forEach(each -> union.put(key(each), each));
        union.forEach(corrections::compare);
        return corrections;
    }

    private static LineKey key(Rated rated) {
        var charge = rated.charge();
        return new LineKey(charge.accountId(), charge.resource(), charge.item().item(), charge.retentionDays());
    }

    private void compare(LineKey key, @Nullable Rated now) {
        Billed before = billed.getOrDefault(key, Billed.NOTHING);
        if (now instanceof Rated.Unpriced unpriced) {
            hold(key, before, unpriced);
        } else {
            release(key, before);
            issue(key, before.withHold(null), (Rated.Priced) now);
        }
    }

    /** What was billed stays as it is for want of a price; what the day comes to now waits. */
    private void hold(LineKey key, Billed before, Rated.Unpriced unpriced) {
        HoldReason reason = unpriced.reason();
        Billed.Hold hold = new Billed.Hold(reason, unpriced.charge().quantity());
        if (!hold.same(before.hold())) {
            holds.add(new HoldChange(key, hold, before.quantity(), unpriced.currency()));
        }
        billed.put(key, before.withHold(hold));
    }

    private void release(LineKey key, Billed before) {
        if (before.hold() != null) {
            holds.add(new HoldChange(key, null, before.quantity(), null));
        }
    }

    private void issue(LineKey key, Billed before, Rated.@Nullable Priced now) {
        BigDecimal quantity = now == null ? BigDecimal.ZERO : now.charge().quantity();
        BigDecimal amount =
                now == null ? BigDecimal.ZERO.setScale(before.amount().scale()) : now.amount();
        boolean differs = quantity.compareTo(before.quantity()) != 0 || amount.compareTo(before.amount()) != 0;
        if (differs) {
            Billed net = new Billed(quantity, amount, before.lastRevision() + 1, null);
            lines.add(new Difference(
                    key,
                    net.lastRevision(),
                    quantity.subtract(before.quantity()),
                    amount.subtract(before.amount()),
                    net,
                    now));
            billed.put(key, net);
        } else if (before.lastRevision() < 0) {
            billed.remove(key);
        } else {
            billed.put(key, before);
        }
    }
}
