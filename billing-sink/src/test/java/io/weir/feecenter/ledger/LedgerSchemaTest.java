package io.weir.feecenter.ledger;

import static io.weir.feecenter.ledger.TestLines.line;
import static io.weir.feecenter.ledger.TestLines.received;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.weir.wire.Secret;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerSchemaTest {

    private TestDatabase database;

    @BeforeEach
    void postALine() {
        database = TestDatabase.shared();
        SinkPosition position = new SinkPositions(database.jdbi()).take(TestTopic.partition(0), 0);
        new Ledger(database.jdbi()).post(new Batch(position, 1, received(0, List.of(line("acct_a", "log", "1.50")))));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void migratesAnEmptyDatabaseAndIsValidForTheSink() {
        try (TestDatabase empty = TestDatabase.empty()) {
            LedgerSchema.migrate(empty.owner(), TestDatabase.SCHEMA, TestDatabase.SINK);

            assertThatCode(() -> LedgerSchema.validate(empty.sink(), TestDatabase.SCHEMA, TestDatabase.SINK))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void refusesADatabaseWithoutTablesWhenThereIsNoOwnerToMakeThem() {
        try (TestDatabase empty = TestDatabase.empty()) {
            assertThatThrownBy(() -> LedgerSchema.validate(empty.sink(), TestDatabase.SCHEMA, TestDatabase.SINK))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(
                            "[1 ledger, 2 held back lines, 3 accounts, 4 settlement, 5 statements, 6 usage, 7 wallets and alerts, 8 console, 9 adoption, 10 clouds, 11 metering clock, 12 statements of many lines, 13 transfers and requests, grants");
        }
    }

    @Test
    void aShadowLedgerLiesBesideTheLiveOneInTheSameDatabaseWithTheSameRoles() throws SQLException {
        try (TestDatabase both = TestDatabase.empty()) {
            // Given
            LedgerSchema.migrate(both.owner(), TestDatabase.SCHEMA, TestDatabase.SINK);
            LedgerSchema.migrate(both.owner(), "shadow", TestDatabase.SINK);
            try (HikariDataSource shadow = LedgerDatabase.pool(
                    both.url() + "?currentSchema=shadow",
                    TestDatabase.SINK,
                    Optional.of(new Secret(TestDatabase.PASSWORD)))) {
                Jdbi jdbi = LedgerDatabase.jdbi(shadow);
                TopicPartition partition = new TopicPartition("shadow.fee-center.bill-lines", 0);

                // When
                SinkPosition position = new SinkPositions(jdbi).take(partition, 0);
                new Ledger(jdbi).post(new Batch(position, 1, received(0, List.of(line("acct_a", "log", "1.50")))));

                // Then
                assertThat(rows(jdbi))
                        .as("rows of the shadow: line and postings")
                        .isEqualTo(3);
                assertThat(rows(both.jdbi())).as("rows of the live ledger").isZero();
                assertThatCode(() -> LedgerSchema.validate(shadow, "shadow", TestDatabase.SINK))
                        .doesNotThrowAnyException();
            }
        }
    }

    private static long rows(Jdbi jdbi) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT (SELECT count(*) FROM bill_line) + (SELECT count(*) FROM posting)")
                        .mapTo(Long.class)
                        .one());
    }

    @Test
    void aLedgerTakesTheLinesOfOneTopicOnly() {
        // Given
        TopicPartition other = new TopicPartition("shadow.fee-center.bill-lines", 0);
        SinkPositions positions = new SinkPositions(database.jdbi());

        // When / Then
        assertThatThrownBy(() -> positions.take(other, 0))
                .isInstanceOf(LedgerOfOtherTopic.class)
                .hasMessageContaining("weir.database.schema");
    }

    @Test
    void migratesTwiceWithoutEffect() {
        assertThatCode(() -> LedgerSchema.migrate(database.owner(), TestDatabase.SCHEMA, TestDatabase.SINK))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE bill_line SET amount = 0",
                "DELETE FROM bill_line",
                "TRUNCATE bill_line CASCADE",
                "UPDATE posting SET amount = 1",
                "DELETE FROM posting",
                "TRUNCATE posting",
                "UPDATE ledger_account SET currency = 'USD'",
                "DELETE FROM ledger_account",
                "UPDATE hold_back SET reason = 'none'",
                "DELETE FROM account_stop",
                "DELETE FROM account_stop_lift",
                "UPDATE held_back_decision SET decided_by = 'nobody'",
                "DELETE FROM held_back_outcome",
            })
    void refusesChangesOfTheSinkByGrantAndOfTheOwnerByTrigger(String change) {
        assertThat(SqlState.of(database.sink(), change)).isEqualTo(SqlState.INSUFFICIENT_PRIVILEGE);
        assertThat(SqlState.of(database.owner(), change)).isEqualTo(SqlState.RESTRICT_VIOLATION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM hold_back",
                "INSERT INTO held_back_decision (kind, account_id, decided_by, reason) VALUES ('RELEASE', 'a', 'b', 'c')",
                "DELETE FROM sink_position",
                "DROP TABLE bill_line",
                "ALTER TABLE posting DISABLE TRIGGER ALL",
            })
    void leavesTheSinkNoRightToHideAnything(String change) {
        assertThat(SqlState.of(database.sink(), change)).isEqualTo(SqlState.INSUFFICIENT_PRIVILEGE);
    }

    @Test
    void refusesALineWhosePostingsDoNotComeToItsAmount() {
        String unbalancedLine = """
                INSERT INTO bill_line SELECT repeat('0', 32), day, account_id, workspace_id, resource, 'span', retention_days,
                    revision, kind, quantity, amount, currency, net_quantity, net_amount, price, meters, first_ingested_at,
                    last_ingested_at, binding_seqs, control_offset, content_sha256, 0, 99, now()
                FROM bill_line
                """;

        assertThat(SqlState.of(database.owner(), unbalancedLine)).isEqualTo(SqlState.CHECK_VIOLATION);
    }
}
