package io.weir.feecenter.ledger;

import static io.weir.feecenter.ledger.TestLines.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.billing.BillLine;
import io.weir.feecenter.ledger.BillQuery.Conservation;
import io.weir.wire.FreePort;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BillLineReaderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

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

        await().atMost(PATIENCE).until(() -> posted() == 7);
        assertThat(database.number("SELECT count(*) FROM bill_line WHERE account_id = 'acct_lost'"))
                .isZero();
    }

    @Test
    void countsTransactionMarkersIntoThePosition() {
        topic.issue(0, lines("acct_a", 3));
        topic.issueAndAbort(0, lines("acct_lost", 2));

        read(database.sink());

        // Three lines, a commit marker, two aborted lines, an abort marker.
        await().atMost(PATIENCE).until(() -> query.conservation().contains(new Conservation(0, 7, 3, 3, 0, 0)));
    }

    @Test
    void movesThePositionWhenOnlyMarkersAreLeft() {
        topic.issue(0, lines("acct_a", 1));
        read(database.sink());
        await().atMost(PATIENCE).until(() -> query.conservation().contains(new Conservation(0, 2, 1, 1, 0, 0)));

        topic.issueAndAbort(0, lines("acct_lost", 2));

        await().atMost(PATIENCE).until(() -> query.conservation().contains(new Conservation(0, 5, 1, 1, 0, 0)));
    }

    @Test
    void putsBadBytesAsideAndGoesOn() {
        topic.issue(0, lines("acct_a", 1));
        topic.write(0, (byte) 66);
        topic.write(0, new byte[] {0, 0, 0, 0, 1, 1});
        topic.issue(0, lines("acct_b", 1));

        read(database.sink());

        await().atMost(PATIENCE).until(() -> posted() == 2);
        assertThat(database.number("SELECT count(*) FROM held_back_line WHERE reason = 'UNREADABLE'"))
                .isEqualTo(2);
    }

    @Test
    void waitsForASchemaThatTheRegistryDoesNotKnowYet() {
        topic.write(0, new byte[] {0, 0, 0, 0, 99, 1});

        Running running = read(database.sink());

        await().atMost(PATIENCE)
                .until(() -> running.reader.trouble().orElse("").startsWith("Kafka or the schema registry is away"));
        assertThat(database.number("SELECT count(*) FROM held_back_line")).isZero();
    }

    @Test
    void goesOnFromTheDatabaseNotFromTheGroup() throws Exception {
        topic.issue(0, lines("acct_a", 5));
        Running first = read(database.sink());
        await().atMost(PATIENCE).until(() -> posted() == 5);
        first.stop();

        // The same topic read into a ledger restored from before: everything is booked again, once.
        try (TestDatabase restored = TestDatabase.migrated()) {
            read(restored.sink());
            await().atMost(PATIENCE).until(() -> restored.number("SELECT count(*) FROM bill_line") == 5);
            assertThat(restored.number("SELECT duplicate_lines FROM sink_position WHERE topic_partition = 0"))
                    .isZero();
        }
    }

    @Test
    void fencesAReaderThatWasOvertaken() throws Exception {
        topic.issue(0, lines("acct_a", 5));
        read(database.sink());
        await().atMost(PATIENCE).until(() -> posted() == 5);

        // Another reader, in another group, takes both partitions up; then both see new lines.
        Running second = new Running("another-group", database.sink());
        await().atMost(PATIENCE).until(() -> database.number("SELECT min(epoch) FROM sink_position") >= 2);
        topic.issue(0, lines("acct_b", 5));
        topic.issue(1, lines("acct_c", 5));

        await().atMost(PATIENCE).until(() -> posted() == 15);
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
            await().atMost(PATIENCE)
                    .until(() -> running.reader.trouble().orElse("").startsWith("The database is away"));

            proxy.bringBack();
            await().atMost(PATIENCE).until(() -> posted() == 3);
            proxy.takeAway();
            topic.issue(1, lines("acct_b", 3));
            await().atMost(PATIENCE).until(() -> running.reader.trouble().isPresent());
            assertThat(posted()).isEqualTo(3);
            proxy.bringBack();

            await().atMost(PATIENCE).until(() -> posted() == 6);
            assertThat(running.reader.trouble()).isEmpty();
        }
    }

    @Test
    void booksOnceWhenTheAnswerToACommitIsLost() throws IOException {
        try (TestProxy proxy = new TestProxy(FreePort.next(), TestDatabase.port());
                HikariDataSource source = database.sinkAt(proxy.port())) {
            read(source);
            topic.issue(0, lines("acct_a", 3));
            await().atMost(PATIENCE).until(() -> posted() == 3);

            proxy.swallowAnswersToCommit(3);
            topic.issue(0, lines("acct_b", 3));
            topic.issue(1, lines("acct_c", 3));

            await().atMost(PATIENCE).until(() -> posted() == 9 && proxy.swallowed() == 3);
            await().atMost(PATIENCE)
                    .until(() -> query.conservation().stream()
                            .allMatch(partition -> partition.linesRead() == partition.posted()));
            assertThat(database.number("SELECT sum(lines_read) FROM sink_position"))
                    .isEqualTo(9);
            assertThat(database.number("SELECT sum(duplicate_lines) FROM sink_position"))
                    .isZero();
        }
    }

    @Test
    void stopsLoudlyWhenThePositionIsNotInTheLog() throws Exception {
        new SinkPositions(database.jdbi()).take(0, 1_000);

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

        await().atMost(PATIENCE)
                .until(() -> metrics.counter("weir.ledger.lines").count() == 2);
        await().atMost(PATIENCE)
                .until(() -> metrics.counter("weir.ledger.duplicate.lines").count() == 1);
        await().atMost(PATIENCE)
                .until(() -> metrics.get("weir.ledger.lag.records")
                                .tag("partition", "0")
                                .gauge()
                                .value()
                        == 0);
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

        private final BillLineReader reader;
        private final CompletableFuture<Void> run;

        Running(String group, DataSource source) {
            reader = new BillLineReader(topic.consumer(group), topic.decoder(), source, new LedgerMetrics(metrics));
            run = CompletableFuture.runAsync(reader, work -> new Thread(work, group).start());
            readers.add(this);
        }

        void stop() throws Exception {
            reader.close();
            run.exceptionally(failure -> null).get(20, TimeUnit.SECONDS);
        }

        Throwable failure() throws Exception {
            return run.handle((nothing, failure) -> Objects.requireNonNull(failure.getCause()))
                    .get(30, TimeUnit.SECONDS);
        }
    }
}
