package io.weir.feecenter.settlement;

import static io.weir.feecenter.settlement.TestSettlement.ACCOUNT;
import static io.weir.feecenter.settlement.TestSettlement.log;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Income and expense, fee-center-rules.md §5. */
class MovementQueryTest {

    private TestSettlement test;
    private static final MovementFilter ALL = MovementFilter.ofAccount(ACCOUNT);

    private MovementQuery movements;

    @BeforeEach
    void moveMoney() {
        test = new TestSettlement();
        movements = new MovementQuery(test.database.sink());
        test.wallets.topUp("acct_b", "CNY", BigDecimal.ONE, "of another account");
        test.topUp("110.00");
        test.wallets.buyCardFromCash(ACCOUNT, "CNY", new BigDecimal("100"), TestSettlement.NEXT_YEAR, "request 1");
        test.grantVoucher("5.00");
        test.post(log("108.00"), log(1, "-4.00"));
        test.issuedBefore("2026-03-02T16:00:00Z");
        test.settle();
    }

    @AfterEach
    void close() {
        test.close();
    }

    private static String text(MovementRow row) {
        return row.kind() + " "
                + row.inflows().entrySet().stream()
                        .map(inflow -> inflow.getKey() + " " + inflow.getValue().setScale(2))
                        .collect(Collectors.joining(", "));
    }

    @Test
    void showsEveryMovementOfTheWalletTheNewestFirst() {
        assertThat(movements.page(ALL, null, 10))
                .extracting(MovementQueryTest::text)
                .containsExactly(
                        "SETTLEMENT CARD 1.00, CASH 3.00",
                        "SETTLEMENT VOUCHER -5.00, CARD -100.00, CASH -3.00",
                        "VOUCHER_GRANT VOUCHER 5.00",
                        "CARD_FROM_CASH CARD 100.00, CASH -100.00",
                        "TOP_UP CASH 110.00");
        assertThat(movements.page(ALL, null, 1).get(0).reference())
                .isEqualTo(log(1, "-4.00").getLineId());
    }

    @Test
    void allMovementsSumUpToWhatIsInThePurses() {
        assertThat(movements.page(ALL, null, 10).stream()
                        .flatMap(row -> row.inflows().values().stream())
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(test.wallets.purses(ACCOUNT).stream()
                        .map(Purse::balance)
                        .reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    @Test
    void pagesShowEachMovementOnce() {
        List<MovementRow> paged = new ArrayList<>();
        List<MovementRow> page = movements.page(ALL, null, 2);
        while (!page.isEmpty()) {
            paged.addAll(page);
            page = movements.page(ALL, page.get(page.size() - 1).movementId(), 2);
        }

        assertThat(paged).isEqualTo(movements.page(ALL, null, 100));
    }

    @Test
    void movementsOfOneKindAndOfOnePurseAreAskedFor() {
        assertThat(asked(MovementKind.SETTLEMENT, null)).hasSize(2);
        assertThat(asked(null, PurseKind.VOUCHER))
                .containsExactly("SETTLEMENT VOUCHER -5.00, CARD -100.00, CASH -3.00", "VOUCHER_GRANT VOUCHER 5.00");
        assertThat(asked(MovementKind.SETTLEMENT, PurseKind.VOUCHER)).hasSize(1);
    }

    private List<String> asked(@Nullable MovementKind kind, @Nullable PurseKind purse) {
        return movements.page(new MovementFilter(ACCOUNT, kind, purse, null), null, 10).stream()
                .map(MovementQueryTest::text)
                .toList();
    }
}
