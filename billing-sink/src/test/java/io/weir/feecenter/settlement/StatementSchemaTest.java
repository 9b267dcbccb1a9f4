package io.weir.feecenter.settlement;

import static io.weir.feecenter.settlement.TestSettlement.line;
import static io.weir.feecenter.settlement.TestSettlement.log;
import static io.weir.feecenter.settlement.TestSettlement.on;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.feecenter.ledger.SqlState;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tables of statements refuse, whoever writes them. */
class StatementSchemaTest {

    private static final String STATEMENT = """
            INSERT INTO statement (number, account_id, currency, month, amount, issued_at)
            SELECT '202603-000001', account_id, currency, '2026-03-01', %s, now() FROM wallet
            WHERE account_id = 'acct_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'""";

    private static final String LINES =
            "INSERT INTO statement_line (line_id, statement_id, day) SELECT line_id, statement_id, day FROM bill_line AS line, statement"
                    + " WHERE line.account_id = statement.account_id AND line.amount > 0";

    private static final String SHARE = "INSERT INTO statement_share SELECT statement_id, '%s', %s FROM statement";

    private TestSettlement test;

    @BeforeEach
    void settle() {
        test = new TestSettlement();
        test.post(
                log("3.00"),
                on(LocalDate.of(2026, 3, 5), log("4.00")),
                on(LocalDate.of(2026, 3, 6), log("0.00")),
                line("acct_b", "log", "0.00"));
        test.issuedBefore("2026-04-02T00:00:00Z");
        test.settle();
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void aStatementIsWrittenInThreeCommandsThatComeToItsAmount() {
        assertThat(written(STATEMENT.formatted("7"), LINES, SHARE.formatted("DEBT", "7")))
                .isEqualTo(SqlState.CARRIED_OUT);
    }

    @Test
    void aStatementIsTheSumOfItsLinesAndOfItsShares() {
        assertRefused(STATEMENT.formatted("8"), LINES, SHARE.formatted("DEBT", "8"));
        assertRefused(STATEMENT.formatted("7"), LINES, SHARE.formatted("DEBT", "6"));
        assertRefused(STATEMENT.formatted("7"), LINES, SHARE.formatted("DEBT", "7"), SHARE.formatted("CARD", "1"));
        assertRefused(STATEMENT.formatted("7"), LINES + " AND line.amount > 3", SHARE.formatted("DEBT", "7"));
        assertRefused(STATEMENT.formatted("7"), LINES);
        assertRefused(STATEMENT.formatted("7"), SHARE.formatted("DEBT", "7"));
        assertRefused(STATEMENT.formatted("7"));
    }

    /** Whoever has deferred checks made at once can write a statement of nothing; what is added to it is still checked. */
    @Test
    void nobodyAddsLinesOrSharesBehindTheCheck() {
        String early = "SET CONSTRAINTS ALL IMMEDIATE";

        assertRefused(early, STATEMENT.formatted("0"), LINES);
        assertRefused(early, STATEMENT.formatted("0"), SHARE.formatted("DEBT", "7"));
        assertThat(written(early, STATEMENT.formatted("0"))).isEqualTo(SqlState.CARRIED_OUT);
    }

    @Test
    void allLinesOfAStatementAreOfItsAccountAndStandUnderTheirDay() {
        String ofAnother = LINES.replace("line.account_id = statement.account_id AND line.amount > 0", "true");
        String onOtherDays = LINES.replace("statement_id, day FROM", "statement_id, day + 1 FROM");

        assertRefused(STATEMENT.formatted("7"), ofAnother, SHARE.formatted("DEBT", "7"));
        assertRefused(STATEMENT.formatted("7"), onOtherDays, SHARE.formatted("DEBT", "7"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO statement_line (line_id, statement_id, day) SELECT line_id, statement_id, day FROM bill_line, statement"
                        + " WHERE bill_line.account_id = statement.account_id AND bill_line.amount = 0",
                "INSERT INTO statement_share SELECT statement_id, kind, share.amount FROM statement,"
                        + " (VALUES ('CARD', 1), ('CASH', -1)) AS share (kind, amount)",
            })
    void nothingIsAddedToAnIssuedStatement(String change) {
        issue();

        assertThat(SqlState.of(test.database.sink(), change)).isEqualTo(SqlState.RESTRICT_VIOLATION);
        assertThat(SqlState.of(test.database.owner(), change)).isEqualTo(SqlState.RESTRICT_VIOLATION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE statement SET amount = 1",
                "DELETE FROM statement",
                "TRUNCATE statement CASCADE",
                "UPDATE statement_line SET day = day + 1",
                "DELETE FROM statement_line",
                "TRUNCATE statement_line",
                "UPDATE statement_share SET amount = 1",
                "DELETE FROM statement_share",
                "TRUNCATE statement_share",
            })
    void anIssuedStatementIsFrozenForTheSinkAndForTheOwner(String change) {
        issue();

        assertThat(SqlState.of(test.database.sink(), change)).isEqualTo(SqlState.INSUFFICIENT_PRIVILEGE);
        assertThat(SqlState.of(test.database.owner(), change)).isEqualTo(SqlState.RESTRICT_VIOLATION);
    }

    private void issue() {
        assertThat(written(STATEMENT.formatted("7"), LINES, SHARE.formatted("DEBT", "7")))
                .isEqualTo(SqlState.CARRIED_OUT);
    }

    private void assertRefused(String... commands) {
        assertThat(written(commands)).as(String.join("; ", commands)).isEqualTo(SqlState.CHECK_VIOLATION);
    }

    private String written(String... commands) {
        return SqlState.of(test.database.sink(), commands);
    }
}
