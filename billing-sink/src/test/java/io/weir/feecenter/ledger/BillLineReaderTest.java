package io.weir.feecenter.ledger;

import static io.weir.feecenter.ledger.TestLines.line;
import static io.weir.feecenter.ledger.TestReaders.lines;
import static io.weir.wire.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.feecenter.ledger.BillQuery.Conservation;
import io.weir.feecenter.ledger.TestReaders.Running;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BillLineReaderTest {

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
        readers.topic.issue(0, lines("acct_a", 3));
        readers.topic.issueAndAbort(0, lines("acct_lost", 2));
        readers.topic.issue(1, lines("acct_b", 4));

        readers.read(database.sink());

        await().until(() -> posted() == 7);
        assertThat(database.number("SELECT count(*) FROM bill_line WHERE account_id = 'acct_lost'"))
                .isZero();
    }

    @Test
    void countsTransactionMarkersIntoThePosition() {
        readers.topic.issue(0, lines("acct_a", 3));
        readers.topic.issueAndAbort(0, lines("acct_lost", 2));

        readers.read(database.sink());

        // Three lines, a commit marker, two aborted lines, an abort marker.
        await().until(() -> query.conservation().contains(new Conservation(0, 7, 3, 3, 0, 0)));
    }

    @Test
    void movesThePositionWhenOnlyMarkersAreLeft() {
        readers.topic.issue(0, lines("acct_a", 1));
        readers.read(database.sink());
        await().until(() -> query.conservation().contains(new Conservation(0, 2, 1, 1, 0, 0)));

        readers.topic.issueAndAbort(0, lines("acct_lost", 2));

        await().until(() -> query.conservation().contains(new Conservation(0, 5, 1, 1, 0, 0)));
    }

    @Test
    void putsBadBytesAsideAndGoesOn() {
        readers.topic.issue(0, lines("acct_a", 1));
        readers.topic.write(0, (byte) 66);
        readers.topic.write(0, new byte[] {0, 0, 0, 0, 1, 1});
        readers.topic.issue(0, lines("acct_b", 1));

        readers.read(database.sink());

        await().until(() -> posted() == 2);
        assertThat(database.number("SELECT count(*) FROM held_back_line WHERE reason = 'UNREADABLE'"))
                .isEqualTo(2);
    }

    @Test
    void waitsForASchemaThatTheRegistryDoesNotKnowYet() {
        readers.topic.write(0, new byte[] {0, 0, 0, 0, 99, 1});

        Running running = readers.read(database.sink());

        await().until(() -> running.trouble().orElse("").startsWith("Kafka or the schema registry is away"));
        assertThat(database.number("SELECT count(*) FROM held_back_line")).isZero();
    }

    @Test
    void goesOnFromTheDatabaseNotFromTheGroup() throws Exception {
        readers.topic.issue(0, lines("acct_a", 5));
        Running first = readers.read(database.sink());
        await().until(() -> posted() == 5);
        first.stop();

        // The same topic read into a ledger restored from before: everything is booked again, once.
        try (TestDatabase restored = TestDatabase.migrated()) {
            readers.read(restored.sink());
            await().until(() -> restored.number("SELECT count(*) FROM bill_line") == 5);
            assertThat(restored.number("SELECT duplicate_lines FROM sink_position WHERE topic_partition = 0"))
                    .isZero();
        }
    }

    @Test
    void fencesAReaderThatWasOvertaken() throws Exception {
        readers.topic.issue(0, lines("acct_a", 5));
        readers.read(database.sink());
        await().until(() -> posted() == 5);

        // Another reader, in another group, takes both partitions up; then both see new lines.
        Running second = readers.read("another-group", database.sink());
        await().until(() -> database.number("SELECT min(epoch) FROM sink_position") >= 2);
        readers.topic.issue(0, lines("acct_b", 5));
        readers.topic.issue(1, lines("acct_c", 5));

        await().until(() -> posted() == 15);
        second.stop();
        assertThat(database.number("SELECT sum(lines_read) FROM sink_position")).isEqualTo(15);
        assertThat(database.number("SELECT sum(duplicate_lines) FROM sink_position"))
                .isZero();
    }

    @Test
    void letsNoArrivingLineOvertakeThoseThatAreReleased() {
        HeldBackLines heldBack = new HeldBackLines(database.owner(), readers.topic.decoder());
        readers.topic.issue(0, List.of(line("acct_a", "log", 0, "1.00"), line("acct_a", "gap", 1, "1.00")));
        readers.read(database.sink());
        await().until(() -> database.number("SELECT count(*) FROM stopped_account") == 1);
        heldBack.writeOff(0, 1, new Decision("ada", "lost for good"));

        // Each revision needs the one before, so one that overtook would be written off as a gap and never be posted.
        CompletableFuture<Void> issuing = CompletableFuture.runAsync(() -> {
            for (int revision = 1; revision <= 60; revision++) {
                readers.topic.issue(
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

        Running running = readers.read(database.sink());

        assertThat(running.failure())
                .isInstanceOf(PositionOutsideLog.class)
                .hasMessageContaining("offset 1000 of partition 0")
                .hasMessageContaining("from 0 to 0");
    }

    @Test
    void showsWhatItDoes() {
        readers.topic.issue(0, lines("acct_a", 2));
        readers.topic.issue(0, lines("acct_a", 1));

        readers.read(database.sink());

        await().until(() -> readers.metrics.counter("weir.ledger.lines").count() == 2);
        await().until(() ->
                readers.metrics.counter("weir.ledger.duplicate.lines").count() == 1);
        await().until(() -> readers.metrics
                        .get("weir.ledger.lag.records")
                        .tag("partition", "0")
                        .gauge()
                        .value()
                == 0);
    }

    private long posted() {
        return database.number("SELECT count(*) FROM bill_line");
    }
}
