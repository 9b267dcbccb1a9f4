package io.weir.deploy.result;

import io.weir.deploy.console.Failure;
import io.weir.feecenter.ledger.BillQuery;
import io.weir.feecenter.ledger.BillQuery.CheckSum;
import io.weir.feecenter.ledger.BillQuery.Conservation;
import java.util.List;

/** Whether the ledger says what the topic says (rules.md §8): the same lines, the same net bill, and books that balance. */
public final class Agreement {

    private final BillQuery ledger;
    private final IssuedLines topic;

    /** Compares the ledger with all lines of the topic. */
    public Agreement(BillQuery ledger, IssuedLines topic) {
        this.ledger = ledger;
        this.topic = topic;
    }

    /** Fails where they differ, and says where. */
    public void require() {
        requireEveryLine();
        ledger.checkSums().forEach(Agreement::requireBalance);
        requireSameBill();
    }

    private void requireEveryLine() {
        List<Conservation> partitions = ledger.conservation();
        long posted = partitions.stream().mapToLong(Conservation::posted).sum();
        long heldBack = partitions.stream().mapToLong(Conservation::heldBack).sum();
        if (posted + heldBack != topic.lines().size()) {
            throw new Failure("The topic has %,d lines, but the ledger %,d and %,d held back."
                    .formatted(topic.lines().size(), posted, heldBack));
        }
    }

    private static void requireBalance(CheckSum sum) {
        if (sum.imbalance().signum() != 0 || sum.lines().compareTo(sum.receivable()) != 0) {
            throw new Failure("The ledger does not balance: " + sum);
        }
    }

    private void requireSameBill() {
        List<List<String>> fromLedger =
                ledger.bill().stream().map(BillQuery.BillRow::columns).toList();
        List<List<String>> fromTopic = topic.net();
        if (!fromLedger.equals(fromTopic)) {
            throw new Failure("The ledger's bill is not that of the lines on the topic.\n"
                    + Difference.between("ledger", fromLedger, "topic", fromTopic));
        }
    }
}
