package io.weir.feecenter.ledger;

import static io.weir.feecenter.ledger.TestLines.but;
import static io.weir.feecenter.ledger.TestLines.line;
import static io.weir.feecenter.ledger.TestLines.received;
import static io.weir.feecenter.ledger.TestLines.unreadable;
import static io.weir.feecenter.ledger.TestLines.withItsId;
import static io.weir.wire.Patience.PATIENCE;
import static io.weir.wire.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.billing.BillLine;
import io.weir.feecenter.ledger.BillQuery.BillRow;
import io.weir.feecenter.ledger.BillQuery.CheckSum;
import io.weir.feecenter.ledger.BillQuery.Conservation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerTest {

    private TestDatabase database;
    private Ledger ledger;
    private BillQuery query;
    private SinkPosition position;

    @BeforeEach
    void openTheLedger() {
        open(TestDatabase.shared());
    }

    private void open(TestDatabase opened) {
        database = opened;
        ledger = new Ledger(database.jdbi());
        query = new BillQuery(database.sink());
        position = new SinkPositions(database.jdbi()).take(TestTopic.partition(0), 0);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void postsALineAsTwoEntriesThatSumToZero() {
        Tally tally = post(line("acct_a", "log", "1.50"));

        assertThat(tally.posted()).isEqualTo(1);
        assertThat(query.checkSums())
                .extracting(
                        CheckSum::currency,
                        sum -> sum.receivable().toString(),
                        sum -> sum.revenue().toString())
                .containsExactly(tuple("CNY", "1.50", "-1.50"));
        assertThat(query.checkSums()).allMatch(sum -> sum.imbalance().signum() == 0);
        assertThat(query.checkSums()).allMatch(sum -> sum.lines().compareTo(sum.receivable()) == 0);
    }

    @Test
    void keepsEverythingThatALineSays() {
        BillLine line = line("acct_a", "log", "1.50");

        post(line);

        Map<String, Object> row = database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                        SELECT line_id, retention_days, price ->> 'model' AS model, meters -> 0 ->> 'total' AS total,
                               binding_seqs::text, control_offset, content_sha256,
                               extract(epoch FROM first_ingested_at)::bigint AS first
                        FROM bill_line
                        """).mapToMap().one());
        assertThat(row)
                .contains(
                        entry("line_id", line.getLineId()),
                        entry("retention_days", 14),
                        entry("model", "unit 1.5"),
                        entry("total", "10"),
                        entry("binding_seqs", "{1,4}"),
                        entry("control_offset", 17L),
                        entry("first", line.getFirstIngestedAt().getEpochSecond()),
                        entry("content_sha256", LineContent.sha256(line)));
    }

    @Test
    void netsCorrectionsInTheBill() {
        post(line("acct_a", "log", 0, "1.50"), line("acct_a", "log", 1, "-1.50"), line("acct_a", "span", 0, "0.25"));

        assertThat(query.bill())
                .extracting(BillRow::columns)
                .containsExactly(
                        List.of("2026-03-02", "acct_a", "wksp_tests", "", "log", "14", "0", "0.00", "CNY"),
                        List.of("2026-03-02", "acct_a", "wksp_tests", "", "span", "14", "10", "0.25", "CNY"));
    }

    @Test
    void givesALineOfZeroARowAndNoPostings() {
        post(line("acct_a", "log", "0.00"));

        assertThat(database.number("SELECT count(*) FROM bill_line")).isEqualTo(1);
        assertThat(database.number("SELECT count(*) FROM posting")).isZero();
    }

    @Test
    void countsTheSameLineAgainAndChangesNothing() {
        post(line("acct_a", "log", "1.50"), line("acct_a", "log", "1.50"));

        Tally later = post(line("acct_a", "log", "1.50"));

        assertThat(later.repeats()).isEqualTo(1);
        assertThat(database.number("SELECT count(*) FROM posting")).isEqualTo(2);
        assertThat(query.conservation()).containsExactly(new Conservation(0, 3, 3, 1, 0, 2));
    }

    @Test
    void stopsOnlyTheAccountWhoseLineCameWithOtherContent() {
        BillLine line = line("acct_a", "log", "1.50");
        post(line);

        post(but(line, it -> it.setAmount("9.99")), line("acct_a", "span", "2.00"), line("acct_b", "span", "3.00"));

        assertThat(heldBack()).containsExactly("1 acct_a LEDGER_CONFLICT", "2 acct_a ACCOUNT_STOPPED");
        assertThat(query.bill())
                .extracting(BillRow::accountId, row -> row.amount().toString())
                .containsExactly(tuple("acct_a", "1.50"), tuple("acct_b", "3.00"));
        assertThat(LedgerCheck.of(database.jdbi()).stoppedAccounts()).isEqualTo(1);
        assertThat(query.conservation()).containsExactly(new Conservation(0, 4, 4, 2, 2, 0));
    }

    @Test
    void keepsAnAccountStoppedInLaterBatches() {
        post(line("acct_a", "log", 1, "1.50"));

        post(line("acct_a", "span", "2.00"));

        assertThat(heldBack()).containsExactly("0 acct_a REVISION_GAP", "1 acct_a ACCOUNT_STOPPED");
    }

    @Test
    void takesAnyDifferenceInContentForAConflict() {
        BillLine line = line("acct_a", "log", "1.50");
        post(line);

        post(but(line, it -> it.setControlOffset(18L)));

        assertThat(heldBack()).containsExactly("1 acct_a LEDGER_CONFLICT");
    }

    @ParameterizedTest
    @CsvSource({
        "NaN, 10, CNY, BAD_AMOUNT",
        "1e2, 10, CNY, BAD_AMOUNT",
        "1.5, 10, CNY, BAD_AMOUNT",
        "1.505, 10, CNY, BAD_AMOUNT",
        "'', 10, CNY, BAD_AMOUNT",
        "-1.50, 10, CNY, BAD_AMOUNT",
        "1.50, -10, CNY, BAD_AMOUNT",
        "1.50, ten, CNY, BAD_AMOUNT",
        "1.50, 10, EUR, WRONG_CURRENCY",
        "1.50, 10, '', WRONG_CURRENCY",
    })
    void holdsBackWhatIsNoMoney(String amount, String quantity, String currency, HoldReason reason) {
        BillLine line = line("acct_a", "log", "1.50");

        post(but(line, it -> it.setAmount(amount).setQuantity(quantity).setCurrency(currency)));

        assertThat(heldBack()).containsExactly("0 acct_a " + reason);
    }

    @Test
    void postsANegativeCorrection() {
        post(line("acct_a", "log", 0, "1.50"), line("acct_a", "log", 1, "-0.50"));

        assertThat(heldBack()).isEmpty();
        assertThat(query.bill()).extracting(row -> row.amount().toString()).containsExactly("1.00");
    }

    @Test
    void holdsBackALineWhoseIdIsNotItsHash() {
        post(but(line("acct_a", "log", "1.50"), it -> it.setItem("span")));

        assertThat(heldBack()).containsExactly("0 acct_a WRONG_LINE_ID");
    }

    @Test
    void holdsBackWhatFollowsAGapInTheRevisions() {
        post(line("acct_a", "log", 0, "1.50"), line("acct_a", "log", 2, "0.50"), line("acct_b", "log", 0, "1.00"));

        assertThat(heldBack()).containsExactly("1 acct_a REVISION_GAP");
        assertThat(database.number("SELECT count(*) FROM bill_line")).isEqualTo(2);
    }

    @Test
    void holdsBackALineInAnotherCurrencyThanTheAccounts() {
        post(line("acct_a", "log", "1.50"));

        post(but(line("acct_a", "span", "1.50"), it -> it.setCurrency("USD")));

        assertThat(heldBack()).containsExactly("1 acct_a WRONG_CURRENCY");
    }

    @Test
    void holdsBackIdsThatCannotBeAndLeavesTheTablesAlone() {
        post(withItsId(line("'; DROP TABLE bill_line; --", "log", "1.50")), withItsId(line("nul\0", "log", "1.50")));

        assertThat(heldBack()).containsExactly("0 null BAD_FIELD", "1 null BAD_FIELD");
        assertThat(database.number("SELECT count(*) FROM bill_line")).isZero();
    }

    @Test
    void putsUnreadableBytesAsideAndGoesOn() {
        ledger.post(new Batch(
                position,
                2,
                List.of(
                        unreadable(0),
                        received(1, List.of(line("acct_a", "log", "1.00"))).get(0))));

        assertThat(heldBack()).containsExactly("0 null UNREADABLE");
        assertThat(database.number("SELECT get_byte(bytes, 0) FROM held_back_line"))
                .isEqualTo(66);
        assertThat(query.conservation()).containsExactly(new Conservation(0, 2, 2, 1, 1, 0));
    }

    @Test
    void holdsBackTheOneLineThatTheDatabaseRefuses() throws SQLException {
        open(TestDatabase.migrated());
        try (var connection = database.owner().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("ALTER TABLE bill_line ADD CONSTRAINT no_poison CHECK (item <> 'poison')");
        }
        List<BillLine> lines = new ArrayList<>(IntStream.range(0, 499)
                .mapToObj(i -> line("acct_" + i % 7, "item_" + i, "1.00"))
                .toList());
        lines.add(250, line("acct_poisoned", "poison", "1.00"));
        lines.add(line("acct_poisoned", "log", "1.00"));

        post(lines.toArray(BillLine[]::new));

        assertThat(heldBack())
                .containsExactly("250 acct_poisoned REFUSED_BY_DATABASE", "500 acct_poisoned ACCOUNT_STOPPED");
        assertThat(query.conservation()).containsExactly(new Conservation(0, 501, 501, 499, 2, 0));
    }

    @Test
    void writesNothingForAReaderWhoseEpochIsPast() {
        SinkPosition zombie = position;
        new SinkPositions(database.jdbi()).take(TestTopic.partition(0), 0);

        assertThatThrownBy(() -> ledger.post(new Batch(zombie, 1, received(0, List.of(line("acct_a", "log", "1.00"))))))
                .isInstanceOf(PositionTaken.class);

        assertThat(database.number("SELECT count(*) FROM bill_line")).isZero();
        assertThat(database.number("SELECT next_offset FROM sink_position")).isZero();
    }

    @Test
    void writesNothingFromAPositionThatHasMoved() {
        SinkPosition before = position;
        post(line("acct_a", "log", "1.00"));

        assertThatThrownBy(() -> ledger.post(new Batch(before, 1, received(0, List.of(line("acct_a", "log", "1.00"))))))
                .isInstanceOf(PositionTaken.class);
    }

    @Test
    void startsAfreshWhenItLosesARace() throws SQLException {
        open(TestDatabase.migrated());
        // The first attempt meets a serialization failure after its rows are written, the second does not.
        try (var connection = database.owner().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE SEQUENCE attempt");
            statement.execute("GRANT USAGE ON SEQUENCE attempt TO " + TestDatabase.SINK);
            statement.execute("""
                    CREATE FUNCTION lose_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                        IF nextval('attempt') = 1 THEN RAISE EXCEPTION 'lost' USING ERRCODE = '40001'; END IF;
                        RETURN NULL; END $$
                    """);
            statement.execute("CREATE CONSTRAINT TRIGGER lose AFTER INSERT ON posting DEFERRABLE INITIALLY DEFERRED"
                    + " FOR EACH ROW EXECUTE FUNCTION lose_once()");
        }

        post(line("acct_a", "log", "1.00"));

        assertThat(query.conservation()).containsExactly(new Conservation(0, 1, 1, 1, 0, 0));
        assertThat(database.number("SELECT count(*) FROM posting")).isEqualTo(2);
    }

    @Test
    void givesUpAfterALimitedNumberOfLostRaces() {
        open(TestDatabase.migrated());
        database.asSuperuser("CREATE SEQUENCE attempt");
        database.asSuperuser("""
                CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
                    PERFORM nextval('attempt'); RAISE EXCEPTION 'lost' USING ERRCODE = '40001'; END $$
                """);
        database.asSuperuser("CREATE TRIGGER lose AFTER INSERT ON posting EXECUTE FUNCTION lose()");

        assertThatThrownBy(() -> post(line("acct_a", "log", "1.00"))).matches(DatabaseTrouble::passes);

        database.asSuperuser("GRANT SELECT ON attempt TO " + TestDatabase.SINK);
        assertThat(database.number("SELECT last_value FROM attempt")).isEqualTo(9);
        assertThat(query.conservation()).containsExactly(new Conservation(0, 0, 0, 0, 0, 0));
    }

    @Test
    void postsOnceAfterADeadlock() throws Exception {
        try (Connection other = database.owner().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE posting IN EXCLUSIVE MODE");
            CompletableFuture<Tally> tally = CompletableFuture.supplyAsync(() -> post(line("acct_a", "log", "1.00")));
            // The batch holds the position and waits for the table; the other holds the table and now wants the
            // position.
            await().until(() -> database.number("SELECT count(*) FROM pg_locks WHERE NOT granted") == 1);

            try {
                statement.execute("SELECT next_offset FROM sink_position FOR UPDATE");
            } catch (SQLException deadlock) {
                assertThat(deadlock.getSQLState()).isEqualTo("40P01");
            }
            other.rollback();

            assertThat(tally.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).posted())
                    .isEqualTo(1);
            assertThat(query.conservation()).containsExactly(new Conservation(0, 1, 1, 1, 0, 0));
        }
    }

    @Test
    void stopsLoudlyWhenARightIsMissing() throws SQLException {
        open(TestDatabase.migrated());
        try (var connection = database.owner().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("REVOKE INSERT ON posting FROM " + TestDatabase.SINK);
        }

        assertThatThrownBy(() -> post(line("acct_a", "log", "1.00")))
                .isInstanceOf(UnableToExecuteStatementException.class)
                .matches(trouble -> !DatabaseTrouble.passes(trouble))
                .hasMessageNotContaining("acct_a");
    }

    private Tally post(BillLine... lines) {
        Batch batch = new Batch(
                position, position.nextOffset() + lines.length, received(position.nextOffset(), List.of(lines)));
        Tally tally = ledger.post(batch);
        position = position.movedTo(batch.nextOffset());
        return tally;
    }

    private List<String> heldBack() {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery("""
                                SELECT concat_ws(' ', topic_offset, coalesce(account_id, 'null'), reason)
                                FROM held_back_line ORDER BY topic_partition, topic_offset
                                """).mapTo(String.class).list());
    }
}
