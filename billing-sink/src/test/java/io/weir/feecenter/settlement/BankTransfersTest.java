package io.weir.feecenter.settlement;

import static io.weir.feecenter.settlement.TestSettlement.ACCOUNT;
import static io.weir.feecenter.settlement.TestSettlement.log;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Top-ups by bank transfer, fee-center-rules.md §5. */
class BankTransfersTest {

    private static final String OTHER = "acct_dddddddddddddddddddddddddddddddd";
    private static final LocalDate RECEIVED = LocalDate.of(2026, 3, 1);

    private TestSettlement test;
    private BankTransfers transfers;

    @BeforeEach
    void open() {
        test = new TestSettlement();
        test.bind();
        test.account(OTHER, "CNY");
        transfers = new BankTransfers(test.database.jdbi(), test.clock());
    }

    @AfterEach
    void close() {
        test.close();
    }

    private static BankTransfer transfer(String account, String currency, String amount) {
        return new BankTransfer(
                "ICBC-7", account, "", currency, new BigDecimal(amount), RECEIVED, "operator", Instant.EPOCH);
    }

    private void owe(String amount) {
        test.post(log(amount));
        test.issuedBefore("2026-03-02T16:00:00Z");
        test.settle();
    }

    @Test
    void aTransferFillsTheDebtFirstAndIsWrittenDownWithItsMovement() {
        owe("30.00");

        assertThat(transfers.enter(transfer(ACCOUNT, "CNY", "40.00"))).isTrue();

        assertThat(test.purses()).containsExactly("CASH 10.00", "DEBT 0.00");
        assertThat(transfers.newest(10))
                .containsExactly(new BankTransfer(
                        "ICBC-7", ACCOUNT, "aaaa", "CNY", new BigDecimal("40.00"), RECEIVED, "operator", test.now()));
        assertThat(test.database.number("""
                SELECT count(*) FROM bank_transfer JOIN movement USING (movement_id, account_id, currency, reference)
                WHERE kind = 'TOP_UP'
                """)).isEqualTo(1);
        assertThat(test.imbalances()).isZero();
    }

    @Test
    void aTransferThatPaysAllUnlocksTheAccountAndItsHolderIsTold() {
        owe("30.00");
        test.at("2026-03-17T01:00:00Z");
        new Arrears(test.database.jdbi(), test.clock()).lockOverdue();

        transfers.enter(transfer(ACCOUNT, "CNY", "30.00"));

        assertThat(test.wallets.wallet(ACCOUNT).flatMap(Wallet::locked)).isEmpty();
        assertThat(test.mails()).last().asString().contains("aaaa@example.com", "已解锁");
    }

    @Test
    void aReferenceIsBookedOnceWhicheverAccountItIsFor() {
        transfers.enter(transfer(ACCOUNT, "CNY", "40.00"));

        assertThat(transfers.enter(transfer(ACCOUNT, "CNY", "40.00"))).isFalse();
        assertThat(transfers.enter(transfer(OTHER, "CNY", "99.00"))).isFalse();

        assertThat(test.purses()).containsExactly("CASH 40.00", "DEBT 0.00");
        assertThat(test.wallets.purses(OTHER)).isEmpty();
        assertThat(transfers.find("ICBC-7").orElseThrow().accountId()).isEqualTo(ACCOUNT);
    }

    @Test
    void aReferenceIsBookedOnceHoweverManyEnterItTogether() {
        List<CompletableFuture<Boolean>> entered = Stream.of(ACCOUNT, OTHER, ACCOUNT, OTHER, ACCOUNT, OTHER)
                .map(account -> CompletableFuture.supplyAsync(
                        () -> transfers.enter(transfer(account, "CNY", "40.00")), run -> new Thread(run).start()))
                .toList();

        assertThat(entered.stream().filter(CompletableFuture::join)).hasSize(1);
        assertThat(test.database.number("SELECT count(*) FROM movement")).isEqualTo(1);
        assertThat(test.database.number("SELECT count(*) FROM bank_transfer")).isEqualTo(1);
    }

    @Test
    void whatTheWalletRefusesIsNotWrittenDown() {
        test.topUp("1.00");

        assertThatThrownBy(() -> transfers.enter(transfer(ACCOUNT, "USD", "40.00")))
                .hasMessageContaining("a wallet in CNY, not in USD");
        assertThatThrownBy(() -> transfers.enter(transfer(ACCOUNT, "CNY", "0.001")))
                .hasMessageContaining("at most two decimals");

        assertThat(transfers.newest(10)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"' icbc-7 ', ICBC-7", "ic bc\t/7, ICBC/7", "x, ''", "-ICBC, ''", "转账2026, ''", "a;bcd, ''"})
    void aReferenceIsKeptInCapitalsAndWithoutSpaces(String typed, String kept) {
        String reference = BankTransfer.reference(typed);

        assertThat(BankTransfer.isReference(reference) ? reference : "").isEqualTo(kept);
    }
}
