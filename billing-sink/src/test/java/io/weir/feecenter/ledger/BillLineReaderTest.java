package io.weir.feecenter.ledger;

import static io.weir.feecenter.ledger.TestLines.line;
import static io.weir.wire.Patience.PATIENCE;
import static io.weir.wire.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.billing.BillLine;
import io.weir.feecenter.ledger.BillQuery.Conservation;
import io.weir.wire.FreePort;
import io.weir.wire.Secret;
import java.io.IOException;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BillLineReaderTest {

    private final List<Running> readers = new ArrayList<>();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private TestDatabase database;
    private TestTopic topic;
    private BillQuery query;

    @BeforeEach
    void openTheLedgerAndTheTopic() {
        database = TestDatabase.shared();
        topic = new TestTopic("mock://reader");
        query = new BillQuery(database.sink());
    }

    @AfterEach
    void close() throws Exception {
        for (Running running : readers) {
            running.stop();
        }
        topic.close();
        database.close();
    }

    @Test
    void readsOnlyWhatIsCommittedWhateverAnOperatorSets() {
        Map<String, Object> settings = BillLineConsumer.settings(
                Map.of(
                        "isolation.level", "read_uncommitted",
                        "auto.offset.reset", "latest",
                        "enable.auto.commit", "true",
                        "value.deserializer", "some.Other"),
                "group");

        assertThat(settings)
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("auto.offset.reset", "none")
                .containsEntry("enable.auto.commit", "false")
                .containsEntry("value.deserializer", ByteArrayDeserializer.class.getName());
    }

    @Test
    void postsWhatIsCommittedAndNothingOfAbortedTransactions() {
        topic.issue(0, lines("acct_a", 3));
        topic.issueAndAbort(0, lines("acct_lost", 2));
        topic.issue(1, lines("acct_b", 4));

        read(database.sink());

        await().until(() -> posted() == 7);
        assertThat(database.number("SELECT count(*) FROM bill_line WHERE account_id = 'acct_lost'"))
                .isZero();
    }

    @Test
    void countsTransactionMarkersIntoThePosition() {
        topic.issue(0, lines("acct_a", 3));
        topic.issueAndAbort(0, lines("acct_lost", 2));

        read(database.sink());

        // Three lines, a commit marker, two aborted lines, an abort marker.
        await().until(() -> query.conservation().contains(new Conservation(0, 7, 3, 3, 0, 0)));
    }

    @Test
    void movesThePositionWhenOnlyMarkersAreLeft() {
        topic.issue(0, lines("acct_a", 1));
        read(database.sink());
        await().until(() -> query.conservation().contains(new Conservation(0, 2, 1, 1, 0, 0)));

        topic.issueAndAbort(0, lines("acct_lost", 2));

        await().until(() -> query.conservation().contains(new Conservation(0, 5, 1, 1, 0, 0)));
    }

    @Test
    void putsBadBytesAsideAndGoesOn() {
        topic.issue(0, lines("acct_a", 1));
        topic.write(0, (byte) 66);
        topic.write(0, new byte[] {0, 0, 0, 0, 1, 1});
        topic.issue(0, lines("acct_b", 1));

        read(database.sink());

        await().until(() -> posted() == 2);
        assertThat(database.number("SELECT count(*) FROM held_back_line WHERE reason = 'UNREADABLE'"))
                .isEqualTo(2);
    }

    @Test
    void waitsForASchemaThatTheRegistryDoesNotKnowYet() {
        topic.write(0, new byte[] {0, 0, 0, 0, 99, 1});

        Running running = read(database.sink());

        await().until(() -> running.reader.trouble().orElse("").startsWith("Kafka or the schema registry is away"));
        assertThat(database.number("SELECT count(*) FROM held_back_line")).isZero();
    }

    @Test
    void goesOnFromTheDatabaseNotFromTheGroup() throws Exception {
        topic.issue(0, lines("acct_a", 5));
        Running first = read(database.sink());
        await().until(() -> posted() == 5);
        first.stop();

        // The same topic read into a ledger restored from before: everything is booked again, once.
        try (TestDatabase restored = TestDatabase.migrated()) {
            read(restored.sink());
            await().until(() -> restored.number("SELECT count(*) FROM bill_line") == 5);
            assertThat(restored.number("SELECT duplicate_lines FROM sink_position WHERE topic_partition = 0"))
                    .isZero();
        }
    }

    @Test
    void fencesAReaderThatWasOvertaken() throws Exception {
        topic.issue(0, lines("acct_a", 5));
        read(database.sink());
        await().until(() -> posted() == 5);

        // Another reader, in another group, takes both partitions up; then both see new lines.
        Running second = new Running("another-group", database.sink());
        await().until(() -> database.number("SELECT min(epoch) FROM sink_position") >= 2);
        topic.issue(0, lines("acct_b", 5));
        topic.issue(1, lines("acct_c", 5));

        await().until(() -> posted() == 15);
        second.stop();
        assertThat(database.number("SELECT sum(lines_read) FROM sink_position")).isEqualTo(15);
        assertThat(database.number("SELECT sum(duplicate_lines) FROM sink_position"))
                .isZero();
    }

    @Test
    void waitsForADatabaseThatIsAwayAtStartAndMidway() throws IOException {
        try (TestProxy proxy = new TestProxy(FreePort.next(), TestDatabase.port());
                HikariDataSource source = database.sinkAt(proxy.port())) {
            proxy.takeAway();
            topic.issue(0, lines("acct_a", 3));
            Running running = read(source);
            await().until(() -> running.reader.trouble().orElse("").startsWith("The database is away"));

            proxy.bringBack();
            await().until(() -> posted() == 3);
            proxy.takeAway();
            topic.issue(1, lines("acct_b", 3));
            await().until(() -> running.reader.trouble().isPresent());
            assertThat(posted()).isEqualTo(3);
            proxy.bringBack();

            await().until(() -> posted() == 6 && running.reader.trouble().isEmpty());
        }
    }

    @Test
    void booksOnceWhenTheAnswerToACommitIsLost() throws IOException {
        try (TestProxy proxy = new TestProxy(FreePort.next(), TestDatabase.port());
                HikariDataSource source = database.sinkAt(proxy.port())) {
            read(source);
            topic.issue(0, lines("acct_a", 3));
            await().until(() -> posted() == 3);

            proxy.swallowAnswersToCommit(3);
            topic.issue(0, lines("acct_b", 3));
            topic.issue(1, lines("acct_c", 3));

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
            read(source);
            topic.issue(0, lines("acct_a", 3));
            await().until(() -> posted() == 3);

            proxy.stopCommits(3);
            topic.issue(0, lines("acct_b", 3));
            topic.issue(1, lines("acct_c", 3));

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
        read(restored.sink());
        topic.issue(0, lines("acct_a", 4));
        topic.issue(1, lines("acct_b", 4));
        await().until(() -> posted() == 8);
        restored.keepCopy();
        topic.issue(0, lines("acct_c", 4));
        topic.issue(1, lines("acct_d", 4));
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
            Running running = read(source);
            topic.issue(0, lines("acct_a", 1));
            await().until(() -> posted() == 1);
            owner.setAutoCommit(false);
            owner.createStatement().execute("LOCK TABLE posting IN EXCLUSIVE MODE");

            topic.issue(0, lines("acct_b", 3));

            await().until(() -> running.reader.trouble().orElse("").contains("lock timeout"));
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
            topic.issue(0, lines("acct_a", 3));
            topic.issue(1, lines("acct_b", 3));

            Running running = read(source);

            await().until(() -> running.reader.trouble().orElse("").contains("statement timeout"));
            await().until(() -> metrics.counter("weir.ledger.pauses").count() >= 3);
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
        Running first = read(revoked.sink());
        topic.issue(0, lines("acct_a", 3));
        await().until(() -> posted() == 3);

        revoked.asSuperuser("REVOKE INSERT ON posting FROM " + TestDatabase.SINK);
        topic.issue(0, lines("acct_b", 3));

        assertThat(first.failure()).hasStackTraceContaining("permission denied for table posting");
        assertThat(posted()).isEqualTo(3);
        revoked.asSuperuser("GRANT INSERT ON posting TO " + TestDatabase.SINK);
        read(revoked.sink());
        await().until(() -> posted() == 6);
        assertThat(revoked.number("SELECT sum(lines_read) FROM sink_position")).isEqualTo(6);
    }

    @Test
    void letsNoArrivingLineOvertakeThoseThatAreReleased() {
        HeldBackLines heldBack = new HeldBackLines(database.owner(), topic.decoder());
        topic.issue(0, List.of(line("acct_a", "log", 0, "1.00"), line("acct_a", "gap", 1, "1.00")));
        read(database.sink());
        await().until(() -> database.number("SELECT count(*) FROM stopped_account") == 1);
        heldBack.writeOff(0, 1, new Decision("ada", "lost for good"));

        // Each revision needs the one before, so one that overtook would be written off as a gap and never be posted.
        CompletableFuture<Void> issuing = CompletableFuture.runAsync(() -> {
            for (int revision = 1; revision <= 60; revision++) {
                topic.issue(
                        0,
                        List.of(line("acct_a", "log", revision, "1.00"), line("acct_a", "gap_" + revision, 1, "1.00")));
            }
        });
        await().until(() -> {
            writeOffGapsAndRelease(heldBack);
            return issuing.isDone() && database.number("SELECT sum(lines_read) FROM sink_position") == 122;
        });
        writeOffGapsAndRelease(heldBack);
        await().until(() -> !writeOffGapsAndRelease(heldBack));

        assertThat(database.number("SELECT count(*) FROM bill_line WHERE item = 'log'"))
                .isEqualTo(61);
        assertThat(database.number("SELECT sum(written_off) FROM conservation")).isEqualTo(61);
        assertThat(database.number("SELECT sum(held_back) FROM conservation")).isEqualTo(61);
        assertThat(database.number("SELECT sum(unaccounted) FROM conservation")).isZero();
    }

    /** True if a line waited. */
    private static boolean writeOffGapsAndRelease(HeldBackLines heldBack) {
        Decision decision = new Decision("ada", "lost for good");
        List<HeldBackLine> gaps = waiting(heldBack).stream()
                .filter(held -> held.reason() == HoldReason.REVISION_GAP)
                .toList();
        gaps.forEach(gap -> heldBack.writeOff(gap.partition(), gap.offset(), decision));
        if (!waiting(heldBack).isEmpty()) {
            heldBack.release("acct_a", decision);
        }
        return !gaps.isEmpty();
    }

    private static List<HeldBackLine> waiting(HeldBackLines heldBack) {
        return heldBack.all().stream().filter(held -> !held.writtenOff()).toList();
    }

    @Test
    void stopsLoudlyWhenThePositionIsNotInTheLog() throws Exception {
        new SinkPositions(database.jdbi()).take(TestTopic.partition(0), 1_000);

        Running running = read(database.sink());

        assertThat(running.failure())
                .isInstanceOf(PositionOutsideLog.class)
                .hasMessageContaining("offset 1000 of partition 0")
                .hasMessageContaining("from 0 to 0");
    }

    @Test
    void showsWhatItDoes() {
        topic.issue(0, lines("acct_a", 2));
        topic.issue(0, lines("acct_a", 1));

        read(database.sink());

        await().until(() -> metrics.counter("weir.ledger.lines").count() == 2);
        await().until(() -> metrics.counter("weir.ledger.duplicate.lines").count() == 1);
        await().until(() -> metrics.get("weir.ledger.lag.records")
                        .tag("partition", "0")
                        .gauge()
                        .value()
                == 0);
    }

    /** Connections that were cut are made anew. */
    private void awaitConservation(List<Conservation> expected) {
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(query.conservation()).containsExactlyInAnyOrderElementsOf(expected));
    }

    private long posted() {
        return database.number("SELECT count(*) FROM bill_line");
    }

    private static List<BillLine> lines(String account, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> line(account, "item_" + i, "1.00"))
                .toList();
    }

    private Running read(DataSource source) {
        return new Running("fee-center-" + System.identityHashCode(this), source);
    }

    private final class Running {

        private final KafkaConsumer<byte[], byte[]> consumer;
        private final BillLineReader reader;
        private final CompletableFuture<Void> run;

        Running(String group, DataSource source) {
            consumer = topic.consumer(group);
            reader = new BillLineReader(consumer, topic.decoder(), source, new LedgerMetrics(metrics));
            run = CompletableFuture.runAsync(reader, work -> new Thread(work, group).start());
            readers.add(this);
        }

        void stop() throws Exception {
            reader.close();
            run.exceptionally(failure -> null).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }

        /** How often the group has shared its partitions out anew. */
        double rebalances() {
            return consumer.metrics().entrySet().stream()
                    .filter(metric -> metric.getKey().name().equals("rebalance-total"))
                    .mapToDouble(metric -> (double) metric.getValue().metricValue())
                    .sum();
        }

        Throwable failure() throws Exception {
            return run.handle((nothing, failure) -> Objects.requireNonNull(failure.getCause()))
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }
}
