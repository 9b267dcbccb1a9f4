package io.weir.feecenter.settlement;

import static io.weir.feecenter.settlement.TestSettlement.ACCOUNT;
import static io.weir.feecenter.settlement.TestSettlement.NEXT_YEAR;
import static io.weir.feecenter.settlement.TestSettlement.log;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes into wallets, fee-center-rules.md §5. */
class WalletsTest {

    private TestSettlement test;

    @BeforeEach
    void open() {
        test = new TestSettlement();
    }

    @AfterEach
    void close() {
        test.close();
    }

    private void owe(String amount) {
        test.post(log(amount));
        test.issuedBefore("2026-03-02T16:00:00Z");
        test.settle();
    }

    @Test
    void buyingACardFillsTheArrearsFirst() {
        owe("30.00");

        test.buyCard("100");

        assertThat(test.purses()).containsExactly("CARD 70.00", "CASH 0.00", "DEBT 0.00");
    }

    @Test
    void aTopUpFillsTheArrearsFirst() {
        owe("30.00");

        test.topUp("40.00");

        assertThat(test.purses()).containsExactly("CASH 10.00", "DEBT 0.00");
    }

    @Test
    void aVoucherPaysNoArrears() {
        owe("30.00");

        test.grantVoucher("40.00");

        assertThat(test.purses()).containsExactly("VOUCHER 40.00", "CASH 0.00", "DEBT -30.00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"50", "150.00", "0", "-100", "100.01"})
    void aCardIsAMultipleOfHundred(String amount) {
        assertThatThrownBy(() -> test.wallets.buyCard(ACCOUNT, "CNY", new BigDecimal(amount), NEXT_YEAR, "one"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(amount);
        assertThatThrownBy(() -> buyCardFromCash(amount))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(amount);
    }

    @Test
    void aRepeatedRequestMovesNothingAgain() {
        // Given
        BigDecimal amount = new BigDecimal("100");
        assertThat(test.wallets.buyCard(ACCOUNT, "CNY", amount, NEXT_YEAR, "one"))
                .isTrue();

        // When
        boolean again = test.wallets.buyCard(ACCOUNT, "CNY", amount, NEXT_YEAR, "one");

        // Then
        assertThat(again).isFalse();
        assertThat(test.purses()).containsExactly("CARD 100.00", "DEBT 0.00");
    }

    @Test
    void aCardIsBoughtFromCashOnce() {
        // Given
        test.topUp("150.00");
        assertThat(buyCardFromCash("100")).isTrue();

        // When
        boolean again = buyCardFromCash("100");

        // Then
        assertThat(again).isFalse();
        assertThat(test.purses()).containsExactly("CARD 100.00", "CASH 50.00", "DEBT 0.00");
        assertThat(test.imbalances()).isZero();
    }

    @Test
    void aCardFromCashFillsTheArrearsFirst() {
        // Given
        owe("30.00");
        test.database.jdbi().useTransaction(handle -> {
            OpenWallet wallet = OpenWallet.lock(handle, ACCOUNT, "CNY", test.now());
            Map<Purse, BigDecimal> cash = Map.of(wallet.only(PurseKind.CASH), new BigDecimal("120.00"));
            wallet.move(MovementKind.TOP_UP, "beside the debt", cash, Movements.Book.BANK);
        });

        // When
        buyCardFromCash("100");

        // Then
        assertThat(test.purses()).containsExactly("CARD 70.00", "CASH 20.00", "DEBT 0.00");
        assertThat(test.wallets.wallet(ACCOUNT).flatMap(Wallet::inArrears)).isEmpty();
    }

    @Test
    void aCardCostsNoMoreThanThereIsInCash() {
        test.topUp("99.99");

        assertThatThrownBy(() -> buyCardFromCash("100"))
                .isInstanceOfSatisfying(
                        WalletRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(WalletRefused.Reason.NOT_ENOUGH_CASH));
        assertThat(test.purses()).containsExactly("CASH 99.99", "DEBT 0.00");
    }

    private boolean buyCardFromCash(String amount) {
        return test.wallets.buyCardFromCash(ACCOUNT, "CNY", new BigDecimal(amount), NEXT_YEAR, "request 1");
    }

    /** A card is not paid back and not passed on, a voucher is not paid out: whatever moves money, they only get some. */
    @Test
    void onlyUsageTakesFromCardsAndVouchers() {
        // Given
        test.bind();
        test.topUp("110.00");
        buyCardFromCash("100");
        test.buyCard("100");
        test.grantVoucher("5.00");
        VoucherCodes codes = new VoucherCodes(test.database.jdbi(), test.clock());
        codes.activate(ACCOUNT, codes.issue(new VoucherTerms("CNY", new BigDecimal("1.00"), null, NEXT_YEAR), "ops"));
        owe("150.00");

        // When
        List<String> kinds = kinds("SELECT DISTINCT kind FROM movement");
        List<String> taking = kinds("""
                SELECT DISTINCT movement.kind FROM movement JOIN movement_posting AS posting USING (movement_id)
                WHERE book IN ('CARD', 'VOUCHER', 'THRESHOLD_VOUCHER') AND posting.amount < 0
                """);

        // Then
        assertThat(kinds)
                .as("a kind that is new has to be tried here too")
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(MovementKind.values()).map(Enum::name).toList());
        assertThat(taking).containsExactly("SETTLEMENT");
    }

    private List<String> kinds(String query) {
        return test.database
                .jdbi()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(String.class).list());
    }

    @Test
    void whatHasExpiredCountsNothingInTheBalances() {
        // Given
        test.buyCard("100");
        test.grantVoucher("20.00");
        test.wallets.grantVoucher(
                ACCOUNT, "CNY", new BigDecimal("7.00"), NEXT_YEAR.plusSeconds(1), new BigDecimal("50.00"), "one");
        test.topUp("3.00");

        // When
        Balances before = Balances.of(test.wallets.purses(ACCOUNT), NEXT_YEAR);
        Balances after = Balances.of(test.wallets.purses(ACCOUNT), NEXT_YEAR.plusSeconds(1));

        // Then
        assertThat(List.of(before.cash(), before.vouchers(), before.cards(), before.owed()))
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(new BigDecimal("3"), new BigDecimal("27"), new BigDecimal("100"), BigDecimal.ZERO);
        assertThat(List.of(after.cash(), after.vouchers(), after.cards(), after.owed()))
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(new BigDecimal("3"), new BigDecimal("7"), BigDecimal.ZERO, BigDecimal.ZERO);
    }

    @Test
    void whatIsOwedIsABalanceOfItsOwn() {
        owe("30.00");

        Balances balances = Balances.of(test.wallets.purses(ACCOUNT), test.now());

        assertThat(balances.owed()).isEqualByComparingTo("30.00");
        assertThat(balances.cash()).isZero();
    }

    @Test
    void aWalletKeepsItsCurrency() {
        test.topUp("1.00");

        assertThatThrownBy(() -> test.wallets.topUp(ACCOUNT, "USD", BigDecimal.ONE, "two"))
                .hasMessageContaining("CNY");
    }
}
