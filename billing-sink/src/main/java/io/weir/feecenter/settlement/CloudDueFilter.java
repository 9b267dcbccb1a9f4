package io.weir.feecenter.settlement;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Of which dues is asked.
 *
 * @param accountId of the cloud accounts that this fee-center account registered; null for those of all
 * @param cloudAccountId of this cloud account; null for all
 * @param first billing day
 * @param last billing day, included
 * @param by day or month
 */
public record CloudDueFilter(
        @Nullable String accountId, @Nullable Long cloudAccountId, LocalDate first, LocalDate last, DetailGrouping by) {

    /** The conditions over {@code cloud_line}; only what is set stands there, so that the database can choose an index. */
    String where() {
        return "day BETWEEN :first AND :last" + (accountId == null ? "" : " AND account_id = :account")
                + (cloudAccountId == null ? "" : " AND cloud_account_id = :cloud");
    }

    /** The values in those conditions, by their names. */
    Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>(Map.of("first", first, "last", last));
        if (accountId != null) {
            values.put("account", accountId);
        }
        if (cloudAccountId != null) {
            values.put("cloud", cloudAccountId);
        }
        return values;
    }
}
