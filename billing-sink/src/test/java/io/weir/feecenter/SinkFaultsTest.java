package io.weir.feecenter;

import static io.weir.wire.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.BillLine;
import io.weir.feecenter.ledger.BillQuery;
import io.weir.feecenter.ledger.TestDatabase;
import io.weir.feecenter.ledger.TestLines;
import io.weir.feecenter.ledger.TestTopic;
import io.weir.wire.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that are killed or stopped at a named point: a trigger waits there for a lock that the test holds. */
class SinkFaultsTest {

    private static final int GATE = 4711;

    @TempDir
    Path directory;

    private final List<Process> processes = new ArrayList<>();
    private StubRegistry registry;
    private TestDatabase database;
    private TestTopic topic;

    @BeforeEach
    void issueTwentyLines() throws IOException {
        registry = new StubRegistry(FreePort.next());
        database = TestDatabase.migrated();
        topic = new TestTopic(registry.url());
        topic.issue(0, lines("acct_a", 10));
        topic.issue(1, lines("acct_b", 10));
        database.asSuperuser("CREATE FUNCTION gate() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN PERFORM pg_advisory_xact_lock(%d); RETURN NULL; END $$".formatted(GATE));
    }

    @AfterEach
    void close() {
        processes.forEach(process -> process.destroyForcibly().onExit().join());
        topic.close();
        database.close();
        registry.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // The position has moved, no line is written yet.
                "TRIGGER gate BEFORE INSERT ON bill_line FOR EACH STATEMENT",
                // The lines are written, the postings are not.
                "TRIGGER gate BEFORE INSERT ON posting FOR EACH STATEMENT",
                // Everything is written; the server has the COMMIT and ends it after the process is dead.
                "CONSTRAINT TRIGGER gate AFTER INSERT ON posting DEFERRABLE INITIALLY DEFERRED FOR EACH ROW",
            })
    void booksOnceWhenItIsKilledAtANamedPoint(String point) throws Exception {
        database.asSuperuser("CREATE " + point + " EXECUTE FUNCTION gate()");
        Process killed;
        try (Connection gate = closedGate()) {
            killed = start("one");
            await().until(this::somebodyWaitsAtTheGate);
            killed.destroyForcibly().waitFor();
            assertThat(database.number("SELECT count(*) FROM bill_line")).isZero();
            gate.rollback();
        }

        start("one");

        requireEveryLineOnce();
    }

    @Test
    void booksOnceWhenItIsKilledBetweenTheCommitAndItsAnswer() throws Exception {
        start("one");
        await().until(() -> posted() == 20);
        // The server commits for itself what a killed process had sent: here by hand, as its session would have.
        Process running = processes.get(0);
        database.asSuperuser("CREATE CONSTRAINT TRIGGER gate AFTER INSERT ON posting DEFERRABLE INITIALLY DEFERRED"
                + " FOR EACH ROW EXECUTE FUNCTION gate()");
        try (Connection gate = closedGate()) {
            topic.issue(0, lines("acct_c", 5));
            await().until(this::somebodyWaitsAtTheGate);
            SinkProcess.signal(running, "STOP");
            gate.rollback();
        }
        await().until(() -> posted() == 25);
        running.destroyForcibly().waitFor();

        start("one");
        topic.issue(0, lines("acct_d", 5));

        await().until(() -> posted() == 30);
        requireNothingTwice(30);
    }

    @Test
    void writesNothingTwiceWhenAStoppedProcessWakesUpAfterAnotherTookOver() throws Exception {
        Process zombie = start("one");
        await().until(() -> posted() == 20);
        SinkProcess.signal(zombie, "STOP");
        topic.issue(0, lines("acct_c", 10));
        topic.issue(1, lines("acct_d", 10));

        start("two");
        await().until(() -> posted() == 40);
        SinkProcess.signal(zombie, "CONT");
        topic.issue(0, lines("acct_e", 10));
        topic.issue(1, lines("acct_f", 10));

        await().until(() -> posted() == 60);
        requireNothingTwice(60);
    }

    @Test
    void takesOverFromAProcessThatWasStoppedWithinItsTransaction() throws Exception {
        database.asSuperuser("CREATE TRIGGER gate BEFORE INSERT ON posting FOR EACH STATEMENT EXECUTE FUNCTION gate()");
        Process zombie;
        try (Connection gate = closedGate()) {
            zombie = start("one");
            await().until(this::somebodyWaitsAtTheGate);
            SinkProcess.signal(zombie, "STOP");
            gate.rollback();
        }

        // Its session idles in a transaction that holds the position, until the server ends it.
        start("two");

        requireEveryLineOnce();
        SinkProcess.signal(zombie, "CONT");
        topic.issue(0, lines("acct_c", 10));
        topic.issue(1, lines("acct_d", 10));
        await().until(() -> posted() == 40);
        requireNothingTwice(40);
    }

    private Process start(String instance) throws IOException {
        Path folder = Files.createDirectories(directory.resolve(instance));
        String settings = SinkProcess.settings(database, topic, 0)
                .replace("kafka.group.instance.id=one", "kafka.group.instance.id=" + instance);
        Files.writeString(folder.resolve("fee-center.properties"), settings);
        Process process = SinkProcess.start(folder);
        processes.add(process);
        return process;
    }

    private Connection closedGate() throws SQLException {
        Connection connection = database.owner().getConnection();
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(%d)".formatted(GATE));
        }
        return connection;
    }

    private boolean somebodyWaitsAtTheGate() {
        return database.number(
                        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %d AND NOT granted"
                                .formatted(GATE))
                > 0;
    }

    private void requireEveryLineOnce() {
        await().until(() -> posted() == 20);
        requireNothingTwice(20);
    }

    private void requireNothingTwice(int lines) {
        BillQuery query = new BillQuery(database.sink());
        assertThat(query.conservation())
                .allMatch(it -> it.linesRead() == it.posted() && it.duplicateLines() == 0 && it.heldBack() == 0);
        assertThat(query.checkSums())
                .singleElement()
                .matches(sum ->
                        sum.lines().intValueExact() == lines && sum.imbalance().signum() == 0);
        assertThat(database.number("SELECT count(*) FROM posting")).isEqualTo(2L * lines);
    }

    private long posted() {
        return database.number("SELECT count(*) FROM bill_line");
    }

    private static List<BillLine> lines(String account, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> TestLines.line(account, "item_" + i, "1.00"))
                .toList();
    }
}
