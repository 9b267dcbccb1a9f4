package io.weir.feecenter.settlement;

import static io.weir.feecenter.settlement.TestPurses.DAY_END;
import static io.weir.feecenter.settlement.TestPurses.card;
import static io.weir.feecenter.settlement.TestPurses.cash;
import static io.weir.feecenter.settlement.TestPurses.charge;
import static io.weir.feecenter.settlement.TestPurses.cloud;
import static io.weir.feecenter.settlement.TestPurses.debt;
import static io.weir.feecenter.settlement.TestPurses.shares;
import static io.weir.feecenter.settlement.TestPurses.thresholdVoucher;
import static io.weir.feecenter.settlement.TestPurses.voucher;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The deduction order of fee-center-rules.md §5. */
class DeductionTest {

    private static final List<Purse> ALL = List.of(
            debt("0.00"),
            cash("4.00"),
            card(3, "3.00", DAY_END),
            thresholdVoucher(2, "2.00", "50.00"),
            voucher(1, "1.00"));

    @Test
    void theFeeCenterMethodTakesVouchersThenThresholdVouchersThenCardsThenCashThenDebt() {
        assertThat(shares(Deduction.of(charge("log", "15.00", "50.00"), ALL)))
                .containsExactly("VOUCHER 1.00", "THRESHOLD_VOUCHER 2.00", "CARD 3.00", "CASH 4.00", "DEBT 5.00");
    }

    @Test
    void theCloudMethodTakesVouchersAndCardsFirstToo() {
        List<Purse> purses = List.of(cloud("0.00"), card(3, "3.00", DAY_END), voucher(1, "1.00"));

        assertThat(shares(Deduction.of(charge("log", "15.00"), purses)))
                .containsExactly("VOUCHER 1.00", "CARD 3.00", "CLOUD 11.00");
    }

    @Test
    void noMorePursesAreTouchedThanNeeded() {
        assertThat(shares(Deduction.of(charge("log", "0.60"), ALL))).containsExactly("VOUCHER 0.60");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sms", "synthetic"})
    void smsAndSyntheticTestsUseNoVouchers(String item) {
        assertThat(shares(Deduction.of(charge(item, "5.00", "50.00"), ALL))).containsExactly("CARD 3.00", "CASH 2.00");
    }

    @Test
    void aThresholdVoucherPaysOnceTheSpendOfTheMonthHasReachedItsThreshold() {
        assertThat(shares(Deduction.of(charge("log", "2.50", "49.99"), ALL)))
                .containsExactly("VOUCHER 1.00", "CARD 1.50");
        assertThat(shares(Deduction.of(charge("log", "2.50", "50.00"), ALL)))
                .containsExactly("VOUCHER 1.00", "THRESHOLD_VOUCHER 1.50");
    }

    @Test
    void ofTwoCardsTheOneThatExpiresSoonerPaysFirst() {
        List<Purse> purses =
                List.of(card(1, "3.00", DAY_END.plusSeconds(2)), card(2, "3.00", DAY_END.plusSeconds(1)), debt("0.00"));

        assertThat(Deduction.of(charge("log", "4.00"), purses))
                .extracting(share -> share.purse().id())
                .containsExactly(2L, 1L);
    }

    @Test
    void aCardThatExpiredBeforeTheEndOfTheDayPaysNothing() {
        List<Purse> purses = List.of(card(1, "3.00", DAY_END.minusMillis(1)), debt("0.00"));

        assertThat(shares(Deduction.of(charge("log", "1.00"), purses))).containsExactly("DEBT 1.00");
    }

    @Test
    void aCardThatExpiresAtTheEndOfTheDayPaysForTheDay() {
        List<Purse> purses = List.of(card(1, "3.00", DAY_END), debt("0.00"));

        assertThat(shares(Deduction.of(charge("log", "1.00"), purses))).containsExactly("CARD 1.00");
    }

    @Test
    void aCloudAccountsCreditDoesNotLimitWhatItPays() {
        assertThat(shares(Deduction.of(charge("log", "15.00"), List.of(cloud("4.00")))))
                .containsExactly("CLOUD 15.00");
    }

    @Test
    void nothingIsDeductedForALineOfZero() {
        assertThat(Deduction.of(charge("log", "0.00"), ALL)).isEmpty();
    }

    @Test
    void aRefundIsNotDeducted() {
        assertThatThrownBy(() -> Deduction.of(charge("log", "-0.01"), ALL)).hasMessageContaining("-0.01");
    }

    /** Every amount from 0.00 to 15.00, against purses that come to 10.00. */
    @Test
    void sharesSumToTheAmountAndDrawNoPurseBelowZero() {
        for (int cents = 0; cents <= 1500; cents++) {
            BigDecimal amount = BigDecimal.valueOf(cents, 2);

            List<Share> shares = Deduction.of(charge("log", amount.toString(), "50.00"), ALL);

            assertThat(shares.stream().map(Share::amount).reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(amount);
            assertThat(shares)
                    .allMatch(share -> share.purse().kind() == PurseKind.DEBT
                            || share.amount().compareTo(share.purse().balance()) <= 0);
        }
    }
}
