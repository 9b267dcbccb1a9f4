package io.weir.deploy.bill;

import io.weir.feecenter.ledger.BillQuery;
import io.weir.feecenter.ledger.BillQuery.BillRow;
import io.weir.feecenter.ledger.BillQuery.CheckSum;
import io.weir.feecenter.ledger.BillQuery.Conservation;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The ledger for a person: what each account owes by workspace and item, and whether the books balance. */
public final class BillReport {

    private static final int WIDTH = 78;
    private static final int INDENT = 4;
    private static final String SEPARATOR = " · ";

    private final PrintWriter out;
    private final Map<String, String> userNames;

    /** A report on this writer; {@code userNames} by account, as far as they are known. */
    public BillReport(PrintWriter out, Map<String, String> userNames) {
        this.out = out;
        this.userNames = Map.copyOf(userNames);
    }

    /** Prints the bills of all closed days, and the ledger's check sums. */
    public void print(BillQuery ledger) {
        print(ledger.bill());
        printCheckSums(ledger);
    }

    /** Prints bills, sorted by day. */
    void print(List<BillRow> bill) {
        if (bill.isEmpty()) {
            out.println("Nothing is billed: a line is issued when its day has closed.");
            return;
        }
        LocalDate first = bill.get(0).day();
        LocalDate last = bill.get(bill.size() - 1).day();
        out.printf("%nBills for %s to %s%n", first, last);
        grouped(bill, BillRow::accountId).forEach(this::printAccount);
    }

    private void printAccount(String account, List<BillRow> rows) {
        String name = userNames.containsKey(account) ? "%s (%s)".formatted(userNames.get(account), account) : account;
        out.println();
        printSum(0, name, rows.get(0).currency() + " ", sum(rows));
        grouped(rows, BillRow::workspaceId).forEach(this::printWorkspace);
    }

    private void printWorkspace(String workspace, List<BillRow> rows) {
        printSum(INDENT / 2, workspace, "", sum(rows));
        StringBuilder line = new StringBuilder();
        for (Map.Entry<String, List<BillRow>> item :
                grouped(rows, BillRow::item).entrySet()) {
            String text = "%s %,.2f".formatted(item.getKey(), sum(item.getValue()));
            if (line.length() + text.length() > WIDTH - INDENT - SEPARATOR.length()) {
                out.println(" ".repeat(INDENT) + line);
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : SEPARATOR).append(text);
        }
        out.println(" ".repeat(INDENT) + line);
    }

    private void printSum(int indent, String what, String currency, BigDecimal sum) {
        String amount = currency + "%,.2f".formatted(sum);
        int gap = Math.max(1, WIDTH - indent - what.length() - amount.length());
        out.println(" ".repeat(indent) + what + " ".repeat(gap) + amount);
    }

    /** Prints each charge with its quantity. */
    void printCharges(List<BillRow> rows) {
        out.printf(
                "%n%-20s %-16s %-14s %9s %19s %12s%n",
                "WORKSPACE", "RESOURCE", "ITEM", "RETENTION", "QUANTITY", "AMOUNT");
        for (BillRow row : rows) {
            out.printf(
                    "%-20s %-16s %-14s %9s %19s %12s%n",
                    row.workspaceId(),
                    row.resource().isEmpty() ? "-" : row.resource(),
                    row.item(),
                    row.retentionDays() == null ? "-" : row.retentionDays() + " days",
                    row.columns().get(6),
                    row.columns().get(7));
        }
    }

    void printCheckSums(BillQuery ledger) {
        out.printf("%n%-10s%17s%17s%17s%17s%n", "Ledger", "lines", "receivable", "revenue", "sum of postings");
        for (CheckSum sum : ledger.checkSums()) {
            out.printf(
                    "%-10s%,17.2f%,17.2f%,17.2f%,17.2f%n",
                    sum.currency(), sum.lines(), sum.receivable(), sum.revenue(), sum.imbalance());
        }
        List<Conservation> partitions = ledger.conservation();
        out.printf(
                "%,d lines read from the topic: %,d posted, %,d held back, %,d repeated%n",
                partitions.stream().mapToLong(Conservation::linesRead).sum(),
                partitions.stream().mapToLong(Conservation::posted).sum(),
                partitions.stream().mapToLong(Conservation::heldBack).sum(),
                partitions.stream().mapToLong(Conservation::duplicateLines).sum());
    }

    private static BigDecimal sum(List<BillRow> rows) {
        return rows.stream().map(BillRow::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Map<String, List<BillRow>> grouped(List<BillRow> rows, Function<BillRow, String> by) {
        return rows.stream().collect(Collectors.groupingBy(by, TreeMap::new, Collectors.toList()));
    }
}
