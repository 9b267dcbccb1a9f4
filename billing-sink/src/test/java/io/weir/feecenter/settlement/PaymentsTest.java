package io.weir.feecenter.settlement;

import static io.weir.feecenter.settlement.TestSettlement.ACCOUNT;
import static io.weir.feecenter.settlement.TestSettlement.NEXT_YEAR;
import static io.weir.feecenter.settlement.TestSettlement.log;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.net.URI;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Money that comes in through a payment provider, fee-center-rules.md §5. */
class PaymentsTest {

    private TestSettlement test;
    private Payments payments;

    @BeforeEach
    void open() {
        test = new TestSettlement();
        payments = payments();
    }

    @AfterEach
    void close() {
        test.close();
    }

    /** Over a provider that has heard of no payment. */
    private Payments payments() {
        PaymentProvider provider =
                new TestPaymentProvider(URI.create("http://127.0.0.1:8383/paid"), new BigDecimal("1000.00"));
        return new Payments(test.database.jdbi(), test.clock(), provider);
    }

    private RequestedPayment topUp(String amount) {
        return payments.topUp(ACCOUNT, "CNY", new BigDecimal(amount), "request of " + amount);
    }

    @Test
    void aPaymentTopsUpOnceHoweverOftenItIsConfirmed() {
        // Given
        RequestedPayment asked = topUp("40.00");
        assertThat(asked.place()).hasPath("/paid").hasParameter("reference", asked.reference());

        // When
        assertThat(payments.confirm(asked.reference())).isTrue();
        assertThat(payments.confirm(asked.reference())).isTrue();
        payments.confirmWaiting();

        // Then
        assertThat(test.purses()).containsExactly("CASH 40.00", "DEBT 0.00");
        assertThat(test.imbalances()).isZero();
    }

    @Test
    void whatIsAskedForAgainIsTheSamePayment() {
        RequestedPayment asked = topUp("40.00");

        assertThat(topUp("40.00")).isEqualTo(asked);
        assertThatThrownBy(() -> payments.topUp(ACCOUNT, "CNY", BigDecimal.TEN, "request of 40.00"))
                .isInstanceOf(WalletRefused.class)
                .hasMessageContaining("40.00 was asked for before, not 10");
        payments.confirmWaiting();
        assertThat(test.purses()).containsExactly("CASH 40.00", "DEBT 0.00");
    }

    @Test
    void aPaymentForACardFillsTheArrearsAndTheRestIsOnTheCard() {
        // Given
        test.post(log("30.00"));
        test.issuedBefore("2026-03-02T16:00:00Z");
        test.settle();

        // When
        payments.confirm(payments.buyCard(ACCOUNT, "CNY", new BigDecimal("200"), NEXT_YEAR, "request")
                .reference());

        // Then
        assertThat(test.purses()).containsExactly("CARD 170.00", "CASH 0.00", "DEBT 0.00");
    }

    @Test
    void onlyTheProviderSaysThatAPaymentIsPaid() {
        String reference = topUp("40.00").reference();

        assertThat(payments().confirm(reference)).isFalse();
        assertThat(test.purses()).isEmpty();
    }

    @Test
    void aPaymentWhoseWordWasLostIsBookedByTheNextLook() {
        topUp("40.00");
        topUp("2.00");

        payments.confirmWaiting();

        assertThat(test.purses()).containsExactly("CASH 42.00", "DEBT 0.00");
    }

    @Test
    void aPaymentIsRefusedByTheProviderAndAnUnknownOneByUs() {
        refused(WalletRefused.Reason.PAYMENT_REFUSED, () -> topUp("1000.01"));
        refused(WalletRefused.Reason.NO_SUCH_PAYMENT, () -> payments.confirm("pay_unknown"));

        payments.confirmWaiting();
        assertThat(test.purses()).isEmpty();
    }

    @Test
    void noPaymentIsAskedForThatCouldNotBeBooked() {
        assertThatThrownBy(() -> topUp("0.001")).hasMessageContaining("0.001");
        assertThatThrownBy(() -> payments.buyCard(ACCOUNT, "CNY", new BigDecimal("150"), NEXT_YEAR, "request"))
                .hasMessageContaining("multiple of 100");
        topUp("1.00");
        assertThatThrownBy(() -> payments.topUp(ACCOUNT, "USD", BigDecimal.ONE, "request"))
                .hasMessageContaining("CNY");

        assertThat(test.database.number("SELECT count(*) FROM payment")).isEqualTo(1);
    }

    static void refused(WalletRefused.Reason reason, ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        WalletRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }
}
