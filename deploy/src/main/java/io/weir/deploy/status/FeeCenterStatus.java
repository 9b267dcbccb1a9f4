package io.weir.deploy.status;

import io.weir.deploy.console.Failure;
import io.weir.deploy.installation.Cluster;
import io.weir.deploy.installation.CommittedLog;
import io.weir.deploy.installation.LedgerSource;
import io.weir.deploy.status.Scrape.Sample;
import io.weir.feecenter.FeeCenterConfig;
import io.weir.feecenter.ledger.BillQuery;
import io.weir.feecenter.ledger.BillQuery.CheckSum;
import io.weir.feecenter.ledger.BillQuery.Conservation;
import io.weir.wire.Topics;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;

/** The fee center: sink lag, what is held back, stopped accounts, whether the ledger balances. */
final class FeeCenterStatus {

    private final FeeCenterConfig config;
    private final Cluster cluster;
    private final Scrape scrape;
    private final PrintWriter out;
    private final Verdict verdict;

    FeeCenterStatus(FeeCenterConfig config, Cluster cluster, Instance instance, PrintWriter out, Verdict verdict) {
        this.config = config;
        this.cluster = cluster;
        this.scrape = Scrape.of(instance.metrics().stream().toList());
        this.out = out;
        this.verdict = verdict;
    }

    /** Prints the ledger as it is now; a database that is away is said. */
    void print() {
        try {
            LedgerSource.ask(config, this::print);
        } catch (Failure away) {
            out.println("  ledger    cannot be read");
            verdict.notWell("%s", String.valueOf(away.getMessage()));
        }
        double conflicts = scrape.sum("weir_ledger_conflicts_total").orElse(0);
        if (conflicts > 0) {
            verdict.notWell(
                    "%,d lines came with an id that stands in the ledger with other content: weir held list",
                    (long) conflicts);
        }
    }

    private void print(DataSource source) {
        BillQuery ledger = new BillQuery(source);
        printLag(ledger.conservation());
        printBalance(ledger.checkSums());
        printStopped(stoppedAccounts(source));
        printHeldBack();
    }

    private void printLag(List<Conservation> partitions) {
        Map<Integer, Conservation> byPartition =
                partitions.stream().collect(Collectors.toMap(Conservation::topicPartition, Function.identity()));
        Table table = new Table("PARTITION", "LINES READ", "POSTED", "HELD BACK", "REPEATED", "LAG");
        try (CommittedLog log = cluster.log()) {
            for (TopicPartition partition : log.partitions(Topics.BILL_LINES)) {
                int number = partition.partition();
                Conservation read = byPartition.getOrDefault(
                        number, new Conservation(number, log.beginning(partition), 0, 0, 0, 0));
                table.row(
                        Integer.toString(number),
                        "%,d".formatted(read.linesRead()),
                        "%,d".formatted(read.posted()),
                        "%,d".formatted(read.heldBack()),
                        "%,d".formatted(read.duplicateLines()),
                        "%,d".formatted(log.end(partition) - read.nextOffset()));
                judge(read);
            }
        }
        table.print(out);
    }

    private void judge(Conservation read) {
        long unaccounted = read.linesRead() - read.posted() - read.heldBack() - read.duplicateLines();
        if (unaccounted != 0) {
            verdict.notWell(
                    "partition %d of the lines: %,d lines read are unaccounted for: weir audit",
                    read.topicPartition(), unaccounted);
        }
    }

    private void printBalance(List<CheckSum> sums) {
        for (CheckSum sum : sums) {
            out.printf(
                    "  postings  in %s sum to %s%n",
                    sum.currency(), sum.imbalance().stripTrailingZeros().toPlainString());
            if (sum.imbalance().signum() != 0 || sum.lines().compareTo(sum.receivable()) != 0) {
                verdict.notWell("the ledger does not balance in %s: weir audit", sum.currency());
            }
        }
    }

    private void printStopped(List<String> accounts) {
        out.printf("  stopped   %s%n", accounts.isEmpty() ? "no account" : String.join(", ", accounts));
        if (!accounts.isEmpty()) {
            verdict.notWell("posting is stopped for %,d accounts: weir held list", accounts.size());
        }
    }

    private static List<String> stoppedAccounts(DataSource source) {
        List<String> accounts = new ArrayList<>();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT account_id FROM stopped_account ORDER BY 1")) {
            while (rows.next()) {
                accounts.add(rows.getString(1));
            }
        } catch (SQLException refused) {
            throw new Failure("The stopped accounts cannot be read: " + refused.getMessage(), refused);
        }
        return accounts;
    }

    private void printHeldBack() {
        List<Sample> reasons = scrape.of("weir_ledger_held_back_lines").stream()
                .filter(sample -> sample.value() > 0)
                .toList();
        if (!reasons.isEmpty()) {
            out.printf(
                    "  held back %s%n",
                    reasons.stream()
                            .map(sample -> "%s %,d".formatted(sample.labels().get("reason"), (long) sample.value()))
                            .collect(Collectors.joining(", ")));
            verdict.notWell("lines are held back: weir held list");
        }
    }
}
