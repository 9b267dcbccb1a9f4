package io.weir.feecenter.ledger;

import static io.weir.feecenter.ledger.TestReaders.lines;
import static io.weir.wire.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.weir.feecenter.ledger.BillQuery.Conservation;
import io.weir.feecenter.ledger.TestReaders.Running;
import io.weir.wire.FreePort;
import io.weir.wire.Secret;
import java.io.IOException;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A reader whose database is away, slow, locked, restored or takes its rights. */
class BillLineReaderFaultsTest {

    private TestReaders readers;
    private TestDatabase database;
    private BillQuery query;

    @BeforeEach
    void openTheLedgerAndTheTopic() {
        database = TestDatabase.shared();
        readers = new TestReaders();
        query = new BillQuery(database.sink());
    }

    @AfterEach
    void close() throws Exception {
        readers.close();
        database.close();
    }

    @Test
    void waitsForADatabaseThatIsAwayAtStartAndMidway() throws IOException {
        try (TestProxy proxy = new TestProxy(FreePort.next(), TestDatabase.port());
                HikariDataSource source = database.sinkAt(proxy.port())) {
            proxy.takeAway();
            readers.topic.issue(0, lines("acct_a", 3));
            Running running = readers.read(source);
            await().until(() -> running.trouble().orElse("").startsWith("The database is away"));

            proxy.bringBack();
            await().until(() -> posted() == 3);
            proxy.takeAway();
            readers.topic.issue(1, lines("acct_b", 3));
            await().until(() -> running.trouble().isPresent());
            assertThat(posted()).isEqualTo(3);
            proxy.bringBack();

            await().until(() -> posted() == 6 && running.trouble().isEmpty());
        }
    }

    @Test
    void booksOnceWhenTheAnswerToACommitIsLost() throws IOException {
        try (TestProxy proxy = new TestProxy(FreePort.next(), TestDatabase.port());
                HikariDataSource source = database.sinkAt(proxy.port())) {
            readers.read(source);
            readers.topic.issue(0, lines("acct_a", 3));
            await().until(() -> posted() == 3);

            proxy.swallowAnswersToCommit(3);
            readers.topic.issue(0, lines("acct_b", 3));
            readers.topic.issue(1, lines("acct_c", 3));

            await().until(() -> posted() == 9 && proxy.swallowed() == 3);
            await().until(() ->
                    query.conservation().stream().allMatch(partition -> partition.linesRead() == partition.posted()));
            assertThat(database.number("SELECT sum(lines_read) FROM sink_position"))
                    .isEqualTo(9);
            assertThat(database.number("SELECT sum(duplicate_lines) FROM sink_position"))
                    .isZero();
        }
    }

    @Test
    void booksOnceWhenACommitDoesNotReachTheDatabase() throws IOException {
        try (TestProxy proxy = new TestProxy(FreePort.next(), TestDatabase.port());
                HikariDataSource source = database.sinkAt(proxy.port())) {
            readers.read(source);
            readers.topic.issue(0, lines("acct_a", 3));
            await().until(() -> posted() == 3);

            proxy.stopCommits(3);
            readers.topic.issue(0, lines("acct_b", 3));
            readers.topic.issue(1, lines("acct_c", 3));

            await().until(() -> posted() == 9 && proxy.commitsToStop() == 0);
            assertThat(database.number("SELECT sum(lines_read) FROM sink_position"))
                    .isEqualTo(9);
            assertThat(database.number("SELECT sum(duplicate_lines) FROM sink_position"))
                    .isZero();
        }
    }

    @Test
    void booksTheRestAgainIntoADatabaseThatIsRestoredWhileItReads() {
        TestDatabase restored = TestDatabase.migrated();
        database = restored;
        query = new BillQuery(restored.sink());
        readers.read(restored.sink());
        readers.topic.issue(0, lines("acct_a", 4));
        readers.topic.issue(1, lines("acct_b", 4));
        await().until(() -> posted() == 8);
        restored.keepCopy();
        readers.topic.issue(0, lines("acct_c", 4));
        readers.topic.issue(1, lines("acct_d", 4));
        // Twice four lines and a marker in each partition.
        List<Conservation> all = List.of(new Conservation(0, 10, 8, 8, 0, 0), new Conservation(1, 10, 8, 8, 0, 0));
        awaitConservation(all);
        List<BillQuery.BillRow> bill = query.bill();

        restored.restore();

        // No new line comes: the reader finds out by itself that the database has gone back.
        awaitConservation(all);
        assertThat(query.bill()).isEqualTo(bill);
        assertThat(query.checkSums()).allMatch(sum -> sum.imbalance().signum() == 0);
    }

    @Test
    void waitsWhileATableIsLockedAndKeepsItsPartitions() throws Exception {
        try (HikariDataSource source = LedgerDatabase.pool(
                        database.url() + "?options=-c%20lock_timeout=200ms",
                        TestDatabase.SINK,
                        Optional.of(new Secret(TestDatabase.PASSWORD)));
                Connection owner = database.owner().getConnection()) {
            Running running = readers.read(source);
            readers.topic.issue(0, lines("acct_a", 1));
            await().until(() -> posted() == 1);
            owner.setAutoCommit(false);
            owner.createStatement().execute("LOCK TABLE posting IN EXCLUSIVE MODE");

            readers.topic.issue(0, lines("acct_b", 3));

            await().until(() -> running.trouble().orElse("").contains("lock timeout"));
            assertThat(posted()).isEqualTo(1);
            owner.rollback();
            await().until(() -> posted() == 4);
            assertThat(running.rebalances()).isEqualTo(1);
            assertThat(query.conservation()).contains(new Conservation(1, 0, 0, 0, 0, 0));
        }
    }

    @Test
    void waitsForASlowDatabaseAndKeepsItsPartitions() {
        TestDatabase slow = TestDatabase.migrated();
        database = slow;
        slow.asSuperuser("CREATE FUNCTION sleep() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN PERFORM pg_sleep(60); RETURN NULL; END $$");
        try (HikariDataSource source = LedgerDatabase.pool(
                slow.url() + "?options=-c%20statement_timeout=500ms",
                TestDatabase.SINK,
                Optional.of(new Secret(TestDatabase.PASSWORD)))) {
            slow.asSuperuser("CREATE TRIGGER slow AFTER INSERT ON posting EXECUTE FUNCTION sleep()");
            readers.topic.issue(0, lines("acct_a", 3));
            readers.topic.issue(1, lines("acct_b", 3));

            Running running = readers.read(source);

            await().until(() -> running.trouble().orElse("").contains("statement timeout"));
            await().until(() -> readers.metrics.counter("weir.ledger.pauses").count() >= 3);
            slow.asSuperuser("DROP TRIGGER slow ON posting");
            await().until(() -> posted() == 6);
            assertThat(running.rebalances()).isEqualTo(1);
            assertThat(slow.number("SELECT sum(lines_read) FROM sink_position")).isEqualTo(6);
        }
    }

    @Test
    void stopsWithAClearErrorWhenItsRoleLosesARightAndGoesOnWhenItHasItBack() throws Exception {
        TestDatabase revoked = TestDatabase.migrated();
        database = revoked;
        Running first = readers.read(revoked.sink());
        readers.topic.issue(0, lines("acct_a", 3));
        await().until(() -> posted() == 3);

        revoked.asSuperuser("REVOKE INSERT ON posting FROM " + TestDatabase.SINK);
        readers.topic.issue(0, lines("acct_b", 3));

        assertThat(first.failure()).hasStackTraceContaining("permission denied for table posting");
        assertThat(posted()).isEqualTo(3);
        revoked.asSuperuser("GRANT INSERT ON posting TO " + TestDatabase.SINK);
        readers.read(revoked.sink());
        await().until(() -> posted() == 6);
        assertThat(revoked.number("SELECT sum(lines_read) FROM sink_position")).isEqualTo(6);
    }

    /** Connections that were cut are made anew. */
    private void awaitConservation(List<Conservation> expected) {
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(query.conservation()).containsExactlyInAnyOrderElementsOf(expected));
    }

    private long posted() {
        return database.number("SELECT count(*) FROM bill_line");
    }
}
