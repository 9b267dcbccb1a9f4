package io.weir.feecenter.settlement;

import static io.weir.feecenter.settlement.TestSettlement.log;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.feecenter.ledger.SqlState;
import java.math.BigDecimal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettlementSchemaTest {

    private TestSettlement test;

    @BeforeEach
    void settleALine() {
        test = new TestSettlement();
        test.topUp("5.00");
        test.buyCard("100");
        test.post(log("1.50"));
        test.issuedBefore("2026-03-02T16:00:00Z");
        test.settle();
    }

    @AfterEach
    void close() {
        test.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE movement SET reference = 'other'",
                "DELETE FROM movement",
                "UPDATE movement_posting SET amount = 1",
                "DELETE FROM movement_posting",
                "TRUNCATE movement_posting",
                "DELETE FROM settled_line",
                "UPDATE settled_line SET method = 'AWS'",
                "DELETE FROM settlement_choice",
                "DELETE FROM settlement_notice",
                "UPDATE payment SET amount = 1",
                "DELETE FROM voucher_code",
                "DELETE FROM voucher_activation",
                "UPDATE bank_transfer SET amount = 1",
                "DELETE FROM bank_transfer",
            })
    void refusesChangesOfTheSinkByGrantAndOfTheOwnerByTrigger(String change) {
        assertThat(SqlState.of(test.database.sink(), change)).isEqualTo(SqlState.INSUFFICIENT_PRIVILEGE);
        assertThat(SqlState.of(test.database.owner(), change)).isEqualTo(SqlState.RESTRICT_VIOLATION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE purse SET balance = 1000",
                "INSERT INTO purse (account_id, currency, kind, balance) VALUES ('acct_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'CNY', 'CASH', 1000)",
                "UPDATE wallet SET currency = 'USD'",
                "DELETE FROM purse",
                "DELETE FROM metering_progress",
                "INSERT INTO open_line VALUES ('other')",
                "DELETE FROM open_line",
            })
    void leavesTheSinkNoWayToABalanceButAPosting(String change) {
        assertThat(SqlState.of(test.database.sink(), change)).isEqualTo(SqlState.INSUFFICIENT_PRIVILEGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // a posting without its counterpart
                """
                INSERT INTO movement_posting (movement_id, book, purse_id, account_id, currency, amount)
                SELECT movement_id, 'BANK', NULL, account_id, currency, 0.01 FROM movement WHERE kind = 'SETTLEMENT'
                """,
                // a card that is drawn below zero, with its counterpart
                """
                WITH moved AS (INSERT INTO movement (account_id, currency, kind, reference, moved_at)
                    VALUES ('acct_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'CNY', 'SETTLEMENT', 'other', now()) RETURNING movement_id)
                INSERT INTO movement_posting (movement_id, book, purse_id, account_id, currency, amount)
                SELECT movement_id, kind, purse_id, 'acct_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'CNY', -100.01 FROM moved, purse WHERE kind = 'CARD'
                UNION ALL SELECT movement_id, 'SETTLED', NULL, 'acct_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'CNY', 100.01 FROM moved
                """,
                // a movement without postings
                """
                INSERT INTO movement (account_id, currency, kind, reference, moved_at)
                VALUES ('acct_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'CNY', 'TOP_UP', 'other', now())
                """,
            })
    void refusesOverdrawsAndWhatDoesNotBalance(String change) {
        assertThat(SqlState.of(test.database.sink(), change)).isEqualTo(SqlState.CHECK_VIOLATION);
    }

    /** A card stays with the account that bought it. */
    @ParameterizedTest
    @ValueSource(strings = {"acct_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "acct_b"})
    void noPurseIsDrawnOnForAnotherAccount(String pretended) {
        test.wallets.topUp("acct_b", "CNY", BigDecimal.ONE, "its own");

        String change = """
                INSERT INTO movement_posting (movement_id, book, purse_id, account_id, currency, amount)
                SELECT movement_id, purse.kind, purse_id, '%s', 'CNY', -1 FROM movement, purse
                WHERE movement.account_id = 'acct_b' AND purse.kind = 'CARD'
                """.formatted(pretended);

        assertThat(SqlState.of(test.database.sink(), change)).isEqualTo(SqlState.FOREIGN_KEY_VIOLATION);
    }
}
