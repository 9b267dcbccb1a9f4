package io.weir.metering.rebuild;

import io.weir.billing.HeldLine;
import io.weir.metering.rating.Billed;
import io.weir.metering.rating.LineKey;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What waits for a price or an account: the last that stands on {@code held-lines} of each line key. */
final class HeldParts {

    private final Map<WorkspaceDay, Map<LineKey, Billed.Hold>> byDay = new HashMap<>();

    /** The next record of {@code held-lines}. */
    void add(HeldLine held) {
        WorkspaceDay day = new WorkspaceDay(held.getWorkspaceId(), held.getDay());
        LineKey key = new LineKey(held.getAccountId(), held.getResource(), held.getItem(), held.getRetentionDays());
        Map<LineKey, Billed.Hold> parts = byDay.computeIfAbsent(day, any -> new TreeMap<>());
        if (held.getReason() == null) {
            parts.remove(key);
        } else {
            parts.put(key, new Billed.Hold(held.getReason(), new BigDecimal(held.getQuantity())));
        }
        if (parts.isEmpty()) {
            byDay.remove(day);
        }
    }

    /** What is held, by day. */
    Map<WorkspaceDay, Map<LineKey, Billed.Hold>> byDay() {
        return byDay;
    }

    /** Lets go of the days for which this does not hold; returns how many parts of days went. */
    long keepOnly(Predicate<WorkspaceDay> kept) {
        long before = size();
        byDay.keySet().removeIf(day -> !kept.test(day));
        return before - size();
    }

    /** Number of parts of days that wait. */
    long size() {
        return byDay.values().stream().mapToLong(Map::size).sum();
    }
}
