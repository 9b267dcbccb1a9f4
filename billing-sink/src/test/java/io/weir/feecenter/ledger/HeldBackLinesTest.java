package io.weir.feecenter.ledger;

import static io.weir.feecenter.ledger.TestLines.but;
import static io.weir.feecenter.ledger.TestLines.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.billing.BillLine;
import io.weir.feecenter.ledger.BillQuery.BillRow;
import io.weir.feecenter.ledger.BillQuery.Conservation;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.AvroSerializer;
import io.weir.wire.Topics;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeldBackLinesTest {

    private static final Decision DECISION = new Decision("ada", "looked into it");
    private static final Map<String, String> REGISTRY = Map.of("schema.registry.url", "mock://held-back");

    private final AvroSerializer<BillLine> serializer = new AvroSerializer<>();
    private final LineDecoder decoder =
            BillLineConsumer.decoder(TestTopic.NAME, AvroDeserializer.class.getName(), REGISTRY);
    private TestDatabase database;
    private Ledger ledger;
    private HeldBackLines heldBack;
    private BillQuery query;
    private SinkPosition position;

    @BeforeEach
    void openTheLedger() {
        serializer.configure(REGISTRY, false);
        open(TestDatabase.shared());
    }

    private void open(TestDatabase opened) {
        database = opened;
        ledger = new Ledger(database.jdbi());
        heldBack = new HeldBackLines(database.owner(), decoder);
        query = new BillQuery(database.sink());
        position = new SinkPositions(database.jdbi()).take(TestTopic.partition(0), 0);
    }

    @AfterEach
    void close() {
        assertThat(query.conservation())
                .allMatch(it -> it.linesRead() == it.posted() + it.heldBack() + it.duplicateLines());
        database.close();
    }

    @Test
    void listsWhatIsHeldBackWithWhatItSays() {
        stopByConflict("acct_a");
        arrive(line("acct_a", "span", "2.00"));

        assertThat(heldBack.all())
                .extracting(
                        HeldBackLine::offset,
                        HeldBackLine::accountId,
                        HeldBackLine::reason,
                        it -> Objects.requireNonNull(it.line()).getAmount())
                .containsExactly(
                        tuple(1L, "acct_a", HoldReason.LEDGER_CONFLICT, "9.99"),
                        tuple(2L, "acct_a", HoldReason.ACCOUNT_STOPPED, "2.00"));
        assertThat(heldBack.stoppedAccounts())
                .extracting(StoppedAccount::accountId, StoppedAccount::reason, StoppedAccount::topicOffset)
                .containsExactly(tuple("acct_a", HoldReason.LEDGER_CONFLICT, 1L));
    }

    @Test
    void keepsAReleasedAccountStoppedWhileALineStillConflicts() {
        stopByConflict("acct_a");
        arrive(line("acct_a", "span", "2.00"));

        Release release = heldBack.release("acct_a", DECISION);

        assertThat(release).isEqualTo(new Release(0, 0, 2));
        assertThat(heldBack.all())
                .extracting(HeldBackLine::reason)
                .containsExactly(HoldReason.LEDGER_CONFLICT, HoldReason.ACCOUNT_STOPPED);
        arrive(line("acct_a", "metric", "3.00"));
        assertThat(bill()).containsExactly("acct_a log 1.50");
        assertThat(database.number("SELECT count(*) FROM account_stop")).isEqualTo(2);
    }

    @Test
    void postsTheLinesBehindAConflictThatWasWrittenOff() {
        stopByConflict("acct_a");
        arrive(line("acct_a", "log", 1, "0.50"), line("acct_a", "span", "2.00"), line("acct_b", "span", "7.00"));

        int waiting = heldBack.writeOff(0, 1, DECISION);
        Release release = heldBack.release("acct_a", DECISION);

        assertThat(waiting).isEqualTo(2);
        assertThat(release).isEqualTo(new Release(2, 0, 0));
        assertThat(bill()).containsExactly("acct_a log 2.00", "acct_a span 2.00", "acct_b span 7.00");
        assertThat(query.conservation()).containsExactly(new Conservation(0, 5, 5, 4, 1, 0));
        assertThat(heldBack.stoppedAccounts()).isEmpty();
        arrive(line("acct_a", "metric", "3.00"));
        assertThat(bill()).contains("acct_a metric 3.00");
    }

    @Test
    void keepsWhatWasWrittenOffInSightAndInTheMetrics() {
        stopByConflict("acct_a");

        heldBack.writeOff(0, 1, DECISION);

        assertThat(heldBack.all())
                .singleElement()
                .matches(HeldBackLine::writtenOff)
                .matches(line -> line.reason() == HoldReason.LEDGER_CONFLICT);
        LedgerCheck check = LedgerCheck.of(database.jdbi());
        assertThat(check.heldBack()).isEmpty();
        assertThat(check.writtenOff()).isEqualTo(1);
        assertThat(check.unaccountedLines()).isZero();
        assertThat(check.stoppedAccounts()).isZero();
        String decided = database.jdbi()
                .withHandle(
                        handle -> handle.createQuery("""
                                SELECT concat_ws('/', kind, account_id, decided_by, reason, decided_as) FROM held_back_decision
                                """).mapTo(String.class).one());
        assertThat(decided).isEqualTo("WRITE_OFF/acct_a/ada/looked into it/" + TestDatabase.OWNER);
    }

    @Test
    void goesOnWithAnAccountWhoseLinesWereAllWrittenOff() {
        stopByConflict("acct_a");
        arrive(line("acct_a", "span", 0, "2.00"));

        assertThat(heldBack.writeOff("acct_a", DECISION)).isEqualTo(2);

        arrive(line("acct_a", "span", 1, "0.25"));
        assertThat(bill()).containsExactly("acct_a log 1.50", "acct_a span 0.25");
    }

    @Test
    void takesARevisionThatWasWrittenOffForNoGap() {
        arrive(line("acct_a", "log", 0, "1.50"));
        arrive(but(line("acct_a", "log", 1, "0.50"), it -> it.setAmount("NaN")), line("acct_a", "log", 2, "0.25"));

        heldBack.writeOff(0, 1, DECISION);

        assertThat(heldBack.release("acct_a", DECISION)).isEqualTo(new Release(1, 0, 0));
        assertThat(bill()).containsExactly("acct_a log 1.75");
    }

    @Test
    void takesALineByWhatItIsAboutNotByTheIdItClaims() {
        BillLine victim = line("acct_b", "log", 0, "1.50");
        arrive(but(line("acct_a", "log", "1.00"), it -> it.setLineId(victim.getLineId())));
        heldBack.writeOff("acct_a", DECISION);

        arrive(line("acct_a", "log", 1, "0.50"), line("acct_b", "log", 1, "0.75"));

        assertThat(bill()).containsExactly("acct_a log 0.50");
        assertThat(heldBack.stoppedAccounts())
                .extracting(StoppedAccount::accountId, StoppedAccount::reason)
                .containsExactly(tuple("acct_b", HoldReason.REVISION_GAP));
    }

    @Test
    void countsAHeldBackRepeatAsARepeatWhenItIsReleased() {
        arrive(line("acct_a", "log", 1, "1.50"));
        arrive(line("acct_a", "span", "2.00"), line("acct_a", "span", "2.00"));
        heldBack.writeOff(0, 0, DECISION);

        assertThat(heldBack.release("acct_a", DECISION)).isEqualTo(new Release(1, 1, 0));

        assertThat(query.conservation()).containsExactly(new Conservation(0, 3, 3, 1, 1, 1));
    }

    @Test
    void postsAReleasedLineWhoseRefusalHasBeenMended() throws Exception {
        open(TestDatabase.migrated());
        owner("ALTER TABLE bill_line ADD CONSTRAINT no_poison CHECK (item NOT IN ('poison', 'venom'))");
        arrive(line("acct_a", "poison", "1.00"), line("acct_a", "log", "2.00"), line("acct_a", "venom", "4.00"));
        assertThat(heldBack.release("acct_a", DECISION)).isEqualTo(new Release(0, 0, 3));

        owner("ALTER TABLE bill_line DROP CONSTRAINT no_poison, ADD CONSTRAINT no_venom CHECK (item <> 'venom')");

        assertThat(heldBack.release("acct_a", DECISION)).isEqualTo(new Release(2, 0, 1));
        assertThat(heldBack.all()).extracting(HeldBackLine::reason).containsExactly(HoldReason.REFUSED_BY_DATABASE);
        assertThat(bill()).containsExactly("acct_a log 2.00", "acct_a poison 1.00");
    }

    @Test
    void writesOffARecordThatIsNobodys() {
        ledger.post(new Batch(position, 1, List.of(TestLines.unreadable(0))));

        assertThat(heldBack.writeOff(0, 0, DECISION)).isZero();

        assertThat(heldBack.all()).singleElement().matches(HeldBackLine::writtenOff);
    }

    @Test
    void refusesToDecideAboutWhatDoesNotWait() {
        stopByConflict("acct_a");
        heldBack.writeOff(0, 1, DECISION);

        assertThatThrownBy(() -> heldBack.writeOff(0, 1, DECISION))
                .isInstanceOf(DecisionRefused.class)
                .hasMessageContaining("partition 0, offset 1");
        assertThatThrownBy(() -> heldBack.writeOff("acct_a", DECISION)).isInstanceOf(DecisionRefused.class);
        assertThatThrownBy(() -> heldBack.release("acct_a", DECISION)).isInstanceOf(DecisionRefused.class);
        assertThat(database.number("SELECT count(*) FROM held_back_decision")).isEqualTo(1);
    }

    @Test
    void leavesTheSinkNoRightToDecide() {
        stopByConflict("acct_a");
        HeldBackLines bySink = new HeldBackLines(database.sink(), decoder);

        assertThat(bySink.all()).hasSize(1);
        assertThatThrownBy(() -> bySink.release("acct_a", DECISION))
                .isInstanceOf(JdbiException.class)
                .hasStackTraceContaining("permission denied for table held_back_decision");
        assertThatThrownBy(() -> bySink.writeOff("acct_a", DECISION)).isInstanceOf(JdbiException.class);
    }

    /** Offset 0 is posted, and offset 1 has the same id and another amount. */
    private void stopByConflict(String account) {
        BillLine line = line(account, "log", "1.50");
        arrive(line);
        arrive(but(line, it -> it.setAmount("9.99")));
    }

    private void arrive(BillLine... lines) {
        List<ReceivedLine> received = new ArrayList<>();
        for (BillLine line : lines) {
            byte[] bytes = serializer.serialize(Topics.BILL_LINES.name(), line);
            received.add(
                    new ReceivedLine(0, position.nextOffset() + received.size(), ByteBuffer.wrap(bytes), line, ""));
        }
        ledger.post(new Batch(position, position.nextOffset() + lines.length, received));
        position = position.movedTo(position.nextOffset() + lines.length);
    }

    private List<String> bill() {
        return query.bill().stream().map(HeldBackLinesTest::told).toList();
    }

    private static String told(BillRow row) {
        return "%s %s %s".formatted(row.accountId(), row.item(), row.amount());
    }

    private void owner(String command) throws Exception {
        try (var connection = database.owner().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
