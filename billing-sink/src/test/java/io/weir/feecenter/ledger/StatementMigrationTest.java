package io.weir.feecenter.ledger;

import static io.weir.feecenter.ledger.TestLines.line;
import static io.weir.feecenter.ledger.TestLines.received;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.billing.BillLine;
import io.weir.feecenter.settlement.StatementLine;
import io.weir.feecenter.settlement.StatementQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A statement that was issued before its lines had their day beside them. */
class StatementMigrationTest {

    private static final TopicPartition PARTITION = new TopicPartition("fee-center.bill-lines", 0);
    private static final BillLine FREE = line("acct_a", "log", "0.00");

    private final TestDatabase database = TestDatabase.empty();
    private final Jdbi owner = LedgerDatabase.jdbi(database.owner());

    /** The twelfth migration writes the day beside the line. */
    @BeforeEach
    void issueAStatementBefore(@TempDir Path older) throws IOException {
        OlderLedger.migrate(database, 12, older);
        SinkPosition position = new SinkPositions(owner).take(PARTITION, 0);
        new Ledger(owner).post(new Batch(position, 1, received(0, List.of(FREE))));
        owner.useTransaction(handle -> handle.createScript("""
                INSERT INTO wallet (account_id, currency, opened_at) SELECT account_id, currency, now() FROM ledger_account;
                INSERT INTO settled_line (line_id, method, settled_at) SELECT line_id, 'FEE_CENTER', now() FROM bill_line;
                INSERT INTO statement (number, account_id, currency, month, amount, issued_at)
                    SELECT '202603-000001', account_id, currency, '2026-03-01', 0, now() FROM wallet;
                INSERT INTO statement_line SELECT line_id, statement_id FROM bill_line, statement;
                """).execute());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aStatementThatIsThereHasItsLinesAndStaysFrozen() {
        LedgerSchema.migrate(database.owner(), TestDatabase.SCHEMA, TestDatabase.SINK);

        assertThat(new StatementQuery(database.sink()).lines("202603-000001", null, 10))
                .extracting(StatementLine::lineId, StatementLine::day)
                .containsExactly(tuple(FREE.getLineId(), FREE.getDay()));
        assertThat(SqlState.of(database.owner(), "DELETE FROM statement_line")).isEqualTo(SqlState.RESTRICT_VIOLATION);
    }
}
