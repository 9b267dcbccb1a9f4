package io.weir.metering.rating;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What a line of a workspace's day is for; its lines are numbered by revision (rules.md §7).
 *
 * @param accountId who pays
 * @param resource the resource; empty for the workspace itself
 * @param item name of the item
 * @param retentionDays the retention; null for items without one
 */
public record LineKey(
        String accountId,
        String resource,
        String item,
        @Nullable Integer retentionDays) implements Comparable<LineKey> {

    private static final Comparator<LineKey> ORDER = Comparator.comparing(LineKey::accountId)
            .thenComparing(LineKey::resource)
            .thenComparing(LineKey::item)
            .thenComparing(key -> key.retentionDays() == null ? -1 : key.retentionDays());

    @Override
    public int compareTo(LineKey other) {
        return ORDER.compare(this, other);
    }
}
