package io.weir.feecenter.settlement;

import static io.weir.feecenter.settlement.PaymentsTest.refused;
import static io.weir.feecenter.settlement.TestSettlement.ACCOUNT;
import static io.weir.feecenter.settlement.TestSettlement.NEXT_YEAR;
import static io.weir.feecenter.settlement.TestSettlement.WORKSPACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.feecenter.settlement.WalletRefused.Reason;
import io.weir.wire.Secret;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Vouchers that are activated by code, fee-center-rules.md §5. */
class VoucherCodesTest {

    private static final String OTHER = "acct_dddddddddddddddddddddddddddddddd";
    private static final VoucherTerms TWENTY = new VoucherTerms("CNY", new BigDecimal("20.00"), null, NEXT_YEAR);

    private TestSettlement test;
    private VoucherCodes codes;

    @BeforeEach
    void open() {
        test = new TestSettlement();
        test.bind();
        codes = new VoucherCodes(test.database.jdbi(), test.clock());
    }

    @AfterEach
    void close() {
        test.close();
    }

    /** Pays for a workspace of its own. */
    private void otherAccount(String currency) {
        String workspace = "wksp_eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee";
        test.account(OTHER, currency);
        test.workspace(workspace, "Other");
        test.bind(workspace, OTHER, 1);
    }

    @Test
    void aCodeBecomesAVoucherOfItsKindOnce() {
        // Given
        Secret ordinary = codes.issue(TWENTY, "ops");
        Secret threshold = codes.issue(
                new VoucherTerms("CNY", new BigDecimal("5.00"), new BigDecimal("100.00"), NEXT_YEAR), "ops");

        // When
        assertThat(codes.activate(ACCOUNT, ordinary)).isTrue();
        assertThat(codes.activate(ACCOUNT, ordinary)).as("again").isFalse();
        codes.activate(ACCOUNT, threshold);

        // Then
        List<Purse> purses = test.wallets.purses(ACCOUNT);
        assertThat(test.purses()).containsExactly("VOUCHER 20.00", "THRESHOLD_VOUCHER 5.00");
        assertThat(purses).extracting(Purse::expiresAt).containsOnly(NEXT_YEAR);
        assertThat(purses.get(1).threshold()).isEqualByComparingTo("100");
        assertThat(test.imbalances()).isZero();
    }

    @Test
    void aCodeIsWorthNothingOnceAnotherAccountHasIt() {
        otherAccount("CNY");
        Secret code = codes.issue(TWENTY, "ops");
        codes.activate(OTHER, code);

        refused(Reason.CODE_USED, () -> codes.activate(ACCOUNT, code));
        assertThat(test.purses()).isEmpty();
    }

    @Test
    void twoAccountsThatActivateACodeAtOnceHaveOneVoucher() {
        // Given
        otherAccount("CNY");
        Secret code = codes.issue(TWENTY, "ops");

        // When
        List<CompletableFuture<Boolean>> tries = Stream.of(ACCOUNT, OTHER, ACCOUNT, OTHER)
                .map(account -> CompletableFuture.supplyAsync(() -> codes.activate(account, code))
                        .exceptionally(refused -> false))
                .toList();

        // Then
        assertThat(tries.stream().map(CompletableFuture::join)).containsOnlyOnce(true);
        assertThat(test.database.number("SELECT sum(balance)::bigint FROM purse"))
                .isEqualTo(20);
    }

    @Test
    void aCodeIsOnlyForItsCurrencyAndForCommercialAccountsUntilItExpires() {
        // Given
        Secret code = codes.issue(TWENTY, "ops");
        otherAccount("USD");
        String free = "acct_ffffffffffffffffffffffffffffffff";
        test.account(free, "CNY");

        // When / Then
        refused(Reason.NO_SUCH_CODE, () -> codes.activate(ACCOUNT, new Secret("vch_unknown")));
        refused(Reason.WRONG_CURRENCY, () -> codes.activate(OTHER, code));
        refused(Reason.NOT_COMMERCIAL, () -> codes.activate(free, code));
        test.bind(WORKSPACE, free, 2);
        refused(Reason.NOT_COMMERCIAL, () -> codes.activate(ACCOUNT, code));
        test.at(NEXT_YEAR.toString());
        refused(Reason.CODE_EXPIRED, () -> codes.activate(free, code));
        test.at(NEXT_YEAR.minusMillis(1).toString());
        assertThat(codes.activate(free, code)).isTrue();
    }

    @Test
    void theDatabaseKnowsNoCode() {
        Secret code = codes.issue(TWENTY, "ops");

        assertThat(code.value()).matches("vch_[0-9a-f]{32}");
        assertThat(test.database.number("SELECT count(*) FROM voucher_code WHERE voucher_code::text LIKE '%"
                        + code.value().substring(4) + "%'"))
                .isZero();
    }
}
