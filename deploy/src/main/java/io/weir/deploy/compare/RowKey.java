package io.weir.deploy.compare;

import io.weir.feecenter.ledger.BillQuery.BillRow;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * What one row of a bill is about. Keys are ordered as the rows of {@code bill.csv} are (rules.md §9).
 *
 * @param day the billing day, YYYY-MM-DD
 * @param account who owes
 * @param workspace where the usage arose
 * @param resource the part of the workspace; empty for the workspace itself
 * @param item what is charged for
 * @param retentionDays in days; empty for items whose price has none
 */
record RowKey(String day, String account, String workspace, String resource, String item, String retentionDays)
        implements Comparable<RowKey> {

    private static final Comparator<RowKey> ORDER = Comparator.comparing(RowKey::day)
            .thenComparing(RowKey::account)
            .thenComparing(RowKey::workspace)
            .thenComparing(RowKey::resource)
            .thenComparing(RowKey::item)
            .thenComparing(RowKey::retentionDays);

    /** The key of a row of the ledger's bill. */
    static RowKey of(BillRow row) {
        return new RowKey(
                row.day().toString(),
                row.accountId(),
                row.workspaceId(),
                row.resource(),
                row.item(),
                Objects.toString(row.retentionDays(), ""));
    }

    /** The columns of {@code bill.csv} that make the key. */
    List<String> columns() {
        return List.of(day, account, workspace, resource, item, retentionDays);
    }

    /** The key as a person reads it. */
    String inWords() {
        return String.join(" ", day, account, workspace)
                + (resource.isEmpty() ? "" : " " + resource)
                + " " + item
                + (retentionDays.isEmpty() ? "" : " " + retentionDays + " d");
    }

    @Override
    public int compareTo(RowKey other) {
        return ORDER.compare(this, other);
    }
}
