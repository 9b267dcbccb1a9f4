package io.weir.metering;

import io.weir.billing.HeldLine;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What waits in the end: the last that was said of each group, in the form of unpriced.csv. */
public final class NetHeld {

    private static final String HEADER = "day,account_id,workspace_id,resource,item,retention_days,quantity,currency\n";

    private NetHeld() {}

    /** Every group that is held, header first, sorted. */
    public static String csv(Collection<HeldLine> changes) {
        SortedMap<String, HeldLine> last = new TreeMap<>();
        changes.forEach(change -> last.put(key(change), change));
        return last.entrySet().stream()
                .filter(entry -> entry.getValue().getReason() != null)
                .map(entry -> entry.getKey() + columns(entry.getValue()) + "\n")
                .sorted()
                .collect(Collectors.joining("", HEADER, ""));
    }

    private static String key(HeldLine held) {
        Integer retention = held.getRetentionDays();
        return String.join(
                ",",
                held.getDay().toString(),
                held.getAccountId(),
                held.getWorkspaceId(),
                held.getResource(),
                held.getItem(),
                retention == null ? "" : retention.toString(),
                "");
    }

    private static String columns(HeldLine held) {
        return held.getQuantity() + "," + (held.getCurrency() == null ? "" : held.getCurrency());
    }
}
