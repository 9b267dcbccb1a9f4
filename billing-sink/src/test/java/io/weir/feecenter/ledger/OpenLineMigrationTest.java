package io.weir.feecenter.ledger;

import static io.weir.feecenter.ledger.TestLines.line;
import static io.weir.feecenter.ledger.TestLines.received;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.BillLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that is older than the table of open lines. */
class OpenLineMigrationTest {

    private static final TopicPartition PARTITION = new TopicPartition("fee-center.bill-lines", 0);
    private static final BillLine FREE = line("acct_a", "log", "0.00");
    private static final BillLine OPEN = line("acct_a", "sms", "1.50");
    private static final BillLine OF_ANOTHER = line("acct_b", "log", "2.50");
    private static final BillLine LATER = line("acct_b", "sms", "3.50");

    private final TestDatabase database = TestDatabase.empty();
    private final Jdbi owner = LedgerDatabase.jdbi(database.owner());

    /** The seventh migration brings the table of open lines. */
    @BeforeEach
    void migrateAsFarAsBefore(@TempDir Path older) throws IOException {
        OlderLedger.migrate(database, 7, older);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void linesThatAreThereAreNotedAsOpenUnlessTheyAreSettled() {
        // Given
        post(FREE, OPEN, OF_ANOTHER);
        owner.useHandle(handle -> handle.execute(
                "INSERT INTO settled_line (line_id, method, settled_at) VALUES (?, 'FEE_CENTER', now())",
                FREE.getLineId()));

        // When
        LedgerSchema.migrate(database.owner(), TestDatabase.SCHEMA, TestDatabase.SINK);

        // Then
        assertThat(openLines()).containsExactlyInAnyOrder(OPEN.getLineId(), OF_ANOTHER.getLineId());
        post(LATER);
        assertThat(openLines()).containsExactlyInAnyOrder(OPEN.getLineId(), OF_ANOTHER.getLineId(), LATER.getLineId());
    }

    private void post(BillLine... lines) {
        SinkPosition position = new SinkPositions(owner).take(PARTITION, 0);
        long next = position.nextOffset();
        new Ledger(owner).post(new Batch(position, next + lines.length, received(next, List.of(lines))));
    }

    private List<String> openLines() {
        return owner.withHandle(handle -> handle.createQuery("SELECT line_id FROM open_line")
                .mapTo(String.class)
                .list());
    }
}
