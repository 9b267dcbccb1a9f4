package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Somebody wants to know when a workspace's daily bill is high.
 *
 * @param item whose amount is watched; null for all items together
 * @param currency the bills of accounts in this currency are watched
 * @param threshold a daily bill above it is high; one that equals it is not
 * @param members ids of console accounts that get the mail, beside the owner who always does
 */
public record HighConsumptionAlert(
        String workspaceId, @Nullable String item, String currency, BigDecimal threshold, List<String> members) {

    /**
     * Refuses what cannot be watched.
     *
     * @throws IllegalArgumentException if the threshold is negative or has more than two decimals
     */
    public HighConsumptionAlert {
        members = List.copyOf(members);
        if (threshold.signum() < 0 || threshold.stripTrailingZeros().scale() > 2) {
            throw new IllegalArgumentException(
                    "a threshold of %s: it must not be negative, with at most two decimals".formatted(threshold));
        }
    }

    /** The item that is watched; nothing for all items together. */
    public Optional<String> onlyItem() {
        return Optional.ofNullable(item);
    }
}
