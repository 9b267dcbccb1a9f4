package io.weir.deploy.result;

import io.weir.billing.BillLine;
import io.weir.feecenter.ledger.BillQuery.BillRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The lines on the topic as rows of text, in the columns of rules.md §9.
 *
 * @param lines all lines, in any order
 */
public record IssuedLines(List<BillLine> lines) {

    private static final Comparator<List<String>> BY_COLUMNS = IssuedLines::compareColumns;

    /** Each line as issued, sorted by its id: the rows of {@code lines.csv}. */
    public List<List<String>> asIssued() {
        return lines.stream().map(IssuedLines::issued).sorted(BY_COLUMNS).toList();
    }

    private static List<String> issued(BillLine line) {
        List<String> columns = new ArrayList<>(row(line).columns());
        columns.add(columns.size() - 3, Integer.toString(line.getRevision()));
        columns.add(0, line.getLineId());
        return columns;
    }

    /** The bill that follows from the lines, net of all corrections: the rows of {@code bill.csv}. */
    public List<List<String>> net() {
        Map<List<String>, List<BillRow>> groups = lines.stream()
                .map(IssuedLines::row)
                .collect(Collectors.groupingBy(
                        row -> with(row, BigDecimal.ZERO, BigDecimal.ZERO).columns()));
        return groups.values().stream()
                .map(IssuedLines::sum)
                .map(BillRow::columns)
                .sorted(BY_COLUMNS)
                .toList();
    }

    private static BillRow sum(Collection<BillRow> group) {
        BigDecimal quantity = group.stream().map(BillRow::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal amount = group.stream().map(BillRow::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        return with(group.iterator().next(), quantity, amount);
    }

    private static BillRow row(BillLine line) {
        return new BillRow(
                line.getDay(),
                line.getAccountId(),
                line.getWorkspaceId(),
                line.getResource(),
                line.getItem(),
                line.getRetentionDays(),
                new BigDecimal(line.getQuantity()),
                new BigDecimal(line.getAmount()),
                line.getCurrency());
    }

    private static BillRow with(BillRow row, BigDecimal quantity, BigDecimal amount) {
        return new BillRow(
                row.day(),
                row.accountId(),
                row.workspaceId(),
                row.resource(),
                row.item(),
                row.retentionDays(),
                quantity,
                amount,
                row.currency());
    }

    private static int compareColumns(List<String> one, List<String> other) {
        for (int column = 0; column < one.size(); column++) {
            int order = one.get(column).compareTo(other.get(column));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
