package io.weir.deploy.quickstart;

import io.weir.deploy.generate.World;
import io.weir.feecenter.ledger.BillQuery;
import io.weir.feecenter.ledger.BillQuery.BillRow;
import io.weir.feecenter.ledger.BillQuery.CheckSum;
import io.weir.feecenter.ledger.BillQuery.Conservation;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The ledger for a person: what each account owes by workspace and item, and whether the books balance. */
final class BillReport {

    private static final int WIDTH = 78;
    private static final int INDENT = 4;
    private static final String SEPARATOR = " · ";

    private final PrintStream out;
    private final Map<String, String> userNames;

    BillReport(PrintStream out, World world) {
        this.out = out;
        this.userNames =
                world.accounts().stream().collect(Collectors.toMap(World.Account::accountId, World.Account::userName));
    }

    /** Prints the bills of all closed days, and the ledger's check sums. */
    void print(BillQuery ledger) {
        List<BillRow> bill = ledger.bill();
        if (bill.isEmpty()) {
            out.println("No day has closed yet, so nothing is billed.");
            return;
        }
        LocalDate first = bill.get(0).day();
        LocalDate last = bill.get(bill.size() - 1).day();
        out.printf("%nBills for %s to %s%n", first, last);
        grouped(bill, BillRow::accountId).forEach(this::printAccount);
        printCheckSums(ledger);
    }

    private void printAccount(String account, List<BillRow> rows) {
        String name = "%s (%s)".formatted(userNames.getOrDefault(account, "?"), account);
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

    private void printCheckSums(BillQuery ledger) {
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
