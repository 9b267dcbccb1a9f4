package io.weir.feecenter.settlement;

import static io.weir.feecenter.settlement.TestSettlement.ACCOUNT;
import static io.weir.feecenter.settlement.TestSettlement.DAY;
import static io.weir.feecenter.settlement.TestSettlement.WORKSPACE;
import static io.weir.feecenter.settlement.TestSettlement.ZONE;
import static io.weir.feecenter.settlement.TestSettlement.line;
import static io.weir.feecenter.settlement.TestSettlement.log;
import static io.weir.feecenter.settlement.TestSettlement.on;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Days are settled once, in the order of deduction of fee-center-rules.md §5. */
class SettlingTest {

    /** The end of the billing day in Shanghai. */
    private static final String DAY_END = "2026-03-02T16:00:00Z";

    private TestSettlement test;

    @BeforeEach
    void open() {
        test = new TestSettlement();
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void aDayIsSettledInTheOrderOfDeduction() {
        // Given
        test.topUp("30.00");
        test.buyCard("100");
        test.grantVoucher("20.00");
        test.post(log("160.00"));
        test.issuedBefore(DAY_END);

        // When
        int settled = test.settle();

        // Then
        assertThat(settled).isEqualTo(1);
        assertThat(test.purses()).containsExactly("VOUCHER 0.00", "CARD 0.00", "CASH 0.00", "DEBT -10.00");
        assertThat(test.imbalances()).isZero();
    }

    @Test
    void aDayIsSettledWhenEveryPartitionHasPassedItsEndInTheZoneOfTheSite() {
        // Given
        test.post(log("1.00"));
        test.database.jdbi().useTransaction(handle -> {
            Progress.livesIn(handle, WORKSPACE, ZONE);
            report(handle, 0, DAY_END);
        });
        assertThat(test.settle()).as("partition 1 is unheard of").isZero();

        // When / Then
        test.database.jdbi().useTransaction(handle -> report(handle, 1, "2026-03-02T15:59:59Z"));
        assertThat(test.settle()).as("partition 1 is not at the end of the day").isZero();

        test.database.jdbi().useTransaction(handle -> report(handle, 1, DAY_END));
        assertThat(test.settle()).as("all partitions have passed the day").isEqualTo(1);
    }

    private static void report(Handle handle, int partition, String passed) {
        Progress.report(handle, partition, 2, Instant.parse(passed), Instant.parse(passed));
    }

    @Test
    void progressNeverMovesBack() {
        test.post(log("1.00"));
        test.issuedBefore(DAY_END);
        test.issuedBefore("2026-03-01T16:00:00Z");

        assertThat(test.settle()).isEqualTo(1);
    }

    @Test
    void aLineIsSettledOnceHoweverOftenItsDayIsSettled() {
        // Given
        test.post(log("1.50"));
        test.issuedBefore(DAY_END);
        test.settle();

        // When
        int again = test.settling.settle(new AccountDay(ACCOUNT, DAY));

        // Then
        assertThat(again).isZero();
        assertThat(test.purses()).containsExactly("CASH 0.00", "DEBT -1.50");
    }

    @Test
    void aLineOfZeroIsSettledWithoutAMovement() {
        test.post(log("0.00"));
        test.issuedBefore(DAY_END);

        assertThat(test.settle()).isEqualTo(1);
        assertThat(test.database.number("SELECT count(*) FROM movement")).isZero();
    }

    @Test
    void smsAndSyntheticTestsUseNoVouchers() {
        // Given
        test.grantVoucher("20.00");
        test.topUp("1.00");
        test.post(line(ACCOUNT, "sms", "1.00"), line(ACCOUNT, "synthetic", "2.00"), log("3.00"));
        test.issuedBefore(DAY_END);

        // When
        test.settle();

        // Then
        assertThat(test.purses()).containsExactly("VOUCHER 17.00", "CASH 0.00", "DEBT -2.00");
    }

    @Test
    void aThresholdVoucherWaitsForTheSpendOfItsMonth() {
        // Given
        test.wallets.grantVoucher(
                ACCOUNT, "CNY", new BigDecimal("5.00"), TestSettlement.NEXT_YEAR, new BigDecimal("10.00"), "code");
        test.post(
                on(DAY.minusDays(2), log("50.00")), // the month before
                on(DAY.minusDays(1), log("10.00")),
                log("3.00"));
        test.issuedBefore(DAY_END);

        // When
        test.settle();

        // Then
        assertThat(test.purses()).containsExactly("THRESHOLD_VOUCHER 2.00", "CASH 0.00", "DEBT -60.00");
    }

    @Test
    void aCorrectionSettlesAsItComes() {
        // Given
        test.topUp("10.00");
        test.post(log("4.00"));
        test.issuedBefore(DAY_END);
        test.settle();

        // When
        test.post(log(1, "0.50"));
        test.settle();

        // Then
        assertThat(test.purses()).containsExactly("CASH 5.50", "DEBT 0.00");
    }

    @Test
    void aNegativeCorrectionGoesBackToWhereTheDayWasPaidFromCashFirst() {
        // Given
        test.grantVoucher("2.00");
        test.buyCard("100");
        test.topUp("10.00");
        test.post(log("105.00"));
        test.issuedBefore(DAY_END);
        test.settle();
        assertThat(test.purses()).containsExactly("VOUCHER 0.00", "CARD 0.00", "CASH 7.00", "DEBT 0.00");

        // When
        test.post(log(1, "-4.00"), log(2, "-100.50"));
        test.settle();

        // Then
        assertThat(test.purses()).containsExactly("VOUCHER 1.50", "CARD 100.00", "CASH 10.00", "DEBT 0.00");
        assertThat(test.imbalances()).isZero();
    }

    @Test
    void aNegativeCorrectionIsSetAgainstDebtFirst() {
        // Given
        test.grantVoucher("4.00");
        test.post(log("4.00"), line(ACCOUNT, "sms", "1.00"));
        test.issuedBefore(DAY_END);
        test.settle();

        // When
        test.post(log(1, "-3.00"));
        test.settle();

        // Then
        assertThat(test.purses()).containsExactly("VOUCHER 2.00", "CASH 0.00", "DEBT 0.00");
    }

    @Test
    void everyLineOfTheLedgerIsSettledOrOpen() {
        // Given
        test.post(log("4.00"), on(DAY.plusDays(1), log("1.25")));
        test.issuedBefore(DAY_END);

        // When
        test.settle();

        // Then
        assertThat(test.database.number("""
                SELECT count(*) FROM settlement_conservation
                WHERE lines = 2 AND settled_lines = 1 AND open_lines = 1
                  AND amount = 5.25 AND settled_amount = 4.00 AND open_amount = 1.25
                """)).isEqualTo(1);
    }

    @Test
    void whatIsOpenIsKnownWithoutALookAtAllLines() {
        // Given
        test.post(log("4.00"), on(DAY.plusDays(1), log("1.25")), on(DAY.plusDays(2), log("0.00")));
        test.issuedBefore(DAY_END);
        assertThat(test.database.number("SELECT count(*) FROM open_line")).isEqualTo(3);

        // When
        test.settle();
        test.post(log(1, "-1.00"));

        // Then
        assertThat(test.database.number("SELECT count(*) FROM open_line")).isEqualTo(3);
        assertThat(test.database.number("""
                SELECT count(*) FROM open_line FULL JOIN (
                    SELECT line_id FROM bill_line EXCEPT SELECT line_id FROM settled_line) AS unsettled USING (line_id)
                WHERE open_line.line_id IS NULL OR unsettled.line_id IS NULL
                """)).isZero();
    }
}
