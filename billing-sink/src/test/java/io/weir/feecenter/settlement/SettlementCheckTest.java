package io.weir.feecenter.settlement;

import static io.weir.feecenter.settlement.TestSettlement.DAY;
import static io.weir.feecenter.settlement.TestSettlement.log;
import static io.weir.feecenter.settlement.TestSettlement.on;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SettlementCheckTest {

    private final TestSettlement test = new TestSettlement();

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void aLineOfADayThatIsNotCompleteIsOpenAndWaitsForNothing() {
        // Given
        test.post(log("10.00"));
        letAnHourPass();
        test.issuedBefore("2026-03-02T15:59:59Z");

        // When / Then
        assertThat(check()).isEqualTo(new SettlementCheck(1, Duration.ZERO, 0));
    }

    @Test
    void aLineOfACompleteDayWaitsSinceItStoodInTheLedgerUntilItIsSettled() {
        // Given
        test.post(log("10.00"), on(DAY.plusDays(1), log("5.00")));
        letAnHourPass();
        test.issuedBefore("2026-03-02T16:00:00Z");

        // When / Then
        assertThat(check().openLines()).isEqualTo(2);
        assertThat(check().longestWait()).isBetween(Duration.ofHours(1), Duration.ofMinutes(90));

        // When
        test.settle();

        // Then
        assertThat(check()).isEqualTo(new SettlementCheck(1, Duration.ZERO, 0));
    }

    @Test
    void aPurseWhoseBalanceIsNotTheSumOfItsPostingsIsWrong() {
        // Given
        test.topUp("10.00");
        assertThat(check().wrongPurses()).isZero();

        // When
        test.database.asSuperuser(
                "SET session_replication_role = replica; UPDATE purse SET balance = balance + 1 WHERE kind = 'CASH'");

        // Then
        assertThat(check().wrongPurses()).isEqualTo(1);
    }

    private SettlementCheck check() {
        return SettlementCheck.of(test.database.jdbi());
    }

    private void letAnHourPass() {
        test.database.asSuperuser("""
                SET session_replication_role = replica; UPDATE bill_line SET posted_at = posted_at - interval '1 hour'
                """);
    }
}
