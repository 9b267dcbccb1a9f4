package io.weir.feecenter.settlement;

import static io.weir.feecenter.settlement.TestPurses.DAY_END;
import static io.weir.feecenter.settlement.TestPurses.card;
import static io.weir.feecenter.settlement.TestPurses.cash;
import static io.weir.feecenter.settlement.TestPurses.charge;
import static io.weir.feecenter.settlement.TestPurses.cloud;
import static io.weir.feecenter.settlement.TestPurses.debt;
import static io.weir.feecenter.settlement.TestPurses.shares;
import static io.weir.feecenter.settlement.TestPurses.voucher;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a correction gives back (fee-center-rules.md §5). */
class RefundTest {

    private static final List<Purse> ALL = List.of(voucher(1, "0.00"), card(3, "0.00", DAY_END), cash("0.00"));

    private static final Map<Long, BigDecimal> PAID =
            Map.of(1L, new BigDecimal("1.00"), 3L, new BigDecimal("3.00"), 4L, new BigDecimal("4.00"));

    private static List<Purse> owing(String debt) {
        return List.of(ALL.get(0), ALL.get(1), ALL.get(2), debt(debt));
    }

    @Test
    void debtIsPaidFirstThenCashThenTheCardThenTheVoucher() {
        assertThat(shares(Refund.of(charge("log", "-9.50"), owing("-2.00"), PAID)))
                .containsExactly("DEBT -2.00", "CASH -4.00", "CARD -3.00", "VOUCHER -0.50");
    }

    @Test
    void aPurseGetsBackNoMoreThanItPaid() {
        assertThat(shares(Refund.of(charge("log", "-5.00"), owing("0.00"), PAID)))
                .containsExactly("CASH -4.00", "CARD -1.00");
    }

    @Test
    void whatHadBeenDebtAndWasPaidSinceComesBackAsCash() {
        assertThat(shares(Refund.of(charge("log", "-5.00"), owing("0.00"), Map.of(5L, new BigDecimal("5.00")))))
                .containsExactly("CASH -5.00");
    }

    @Test
    void whatACloudAccountPaidIsSetOffAgainstItsLaterAmounts() {
        List<Purse> purses = List.of(voucher(1, "0.00"), cloud("-2.00"));
        Map<Long, BigDecimal> paid = Map.of(1L, new BigDecimal("1.00"), 6L, new BigDecimal("5.00"));

        assertThat(shares(Refund.of(charge("log", "-5.50"), purses, paid)))
                .containsExactly("CLOUD -5.00", "VOUCHER -0.50");
    }
}
