package io.weir.feecenter.ledger;

import io.weir.billing.BillLine;
import java.util.List;

/** Lines in the ledger, posted as the sink does it. */
public final class TestLedger {

    private TestLedger() {}

    /** Posts these lines behind those that were posted before. */
    public static void post(TestDatabase database, List<BillLine> lines) {
        SinkPosition position = new SinkPositions(database.jdbi()).take(TestTopic.partition(0), 0);
        long next = position.nextOffset();
        new Ledger(database.jdbi()).post(new Batch(position, next + lines.size(), TestLines.received(next, lines)));
    }
}
