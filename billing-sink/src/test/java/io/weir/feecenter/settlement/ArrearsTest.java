package io.weir.feecenter.settlement;

import static io.weir.feecenter.settlement.TestSettlement.ACCOUNT;
import static io.weir.feecenter.settlement.TestSettlement.log;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Arrears, fee-center-rules.md §5. */
class ArrearsTest {

    private TestSettlement test;
    private Arrears arrears;

    @BeforeEach
    void oweSince3March() {
        test = new TestSettlement();
        arrears = new Arrears(test.database.jdbi(), test.clock());
        test.at("2026-03-03T01:00:00Z");
        test.post(log("4.00"));
        test.issuedBefore("2026-03-02T16:00:00Z");
        test.settle();
    }

    @AfterEach
    void close() {
        test.close();
    }

    private List<String> notices() {
        return test.database
                .jdbi()
                .withHandle(handle -> handle.createQuery("SELECT kind FROM settlement_notice ORDER BY notice_id")
                        .mapTo(String.class)
                        .list());
    }

    @Test
    void anAccountIsLocked14DaysAfterItsDebtBegan() {
        // Given
        test.at("2026-03-17T00:59:59Z");
        assertThat(arrears.lockOverdue()).isEmpty();

        // When
        test.at("2026-03-17T01:00:00Z");

        // Then
        assertThat(arrears.lockOverdue()).containsExactly(ACCOUNT);
        assertThat(arrears.lockOverdue()).as("once").isEmpty();
        assertThat(notices()).containsExactly("ARREARS_BEGAN", "ARREARS_NEAR_END", "LOCKED");
    }

    @Test
    void payingTheDebtUnlocks() {
        // Given
        test.at("2026-03-17T01:00:00Z");
        arrears.lockOverdue();

        // When
        test.topUp("3.99");
        assertThat(test.wallets.wallet(ACCOUNT).flatMap(Wallet::locked))
                .as("a cent is missing")
                .isPresent();
        test.topUp("0.01");

        // Then
        assertThat(test.wallets.wallet(ACCOUNT).flatMap(Wallet::locked)).isEmpty();
        assertThat(test.wallets.wallet(ACCOUNT).flatMap(Wallet::inArrears)).isEmpty();
        assertThat(notices()).endsWith("UNLOCKED");
    }
}
