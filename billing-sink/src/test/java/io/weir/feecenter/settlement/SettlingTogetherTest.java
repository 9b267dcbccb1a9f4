package io.weir.feecenter.settlement;

import static io.weir.feecenter.settlement.TestSettlement.ACCOUNT;
import static io.weir.feecenter.settlement.TestSettlement.DAY;
import static io.weir.feecenter.settlement.TestSettlement.log;
import static io.weir.feecenter.settlement.TestSettlement.on;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.weir.billing.BillLine;
import io.weir.feecenter.ledger.LedgerDatabase;
import io.weir.feecenter.ledger.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** 100 days of 3.33 each, against one card of 100 and one voucher of 50, by several fee centers at once. */
class SettlingTogetherTest {

    private static final Logger LOG = LoggerFactory.getLogger(SettlingTogetherTest.class);
    private static final int DAYS = 100;
    private static final int FEE_CENTERS = 3;
    private static final int THREADS_EACH = 3;

    private TestSettlement test;
    private final List<HikariDataSource> pools = new ArrayList<>();

    @BeforeEach
    void postHundredDays() {
        test = new TestSettlement();
        test.buyCard("100");
        test.grantVoucher("50.00");
        test.post(IntStream.range(0, DAYS)
                .mapToObj(i -> on(DAY.plusDays(i), log("3.33")))
                .toArray(BillLine[]::new));
        test.issuedBefore("2026-07-01T00:00:00Z");
    }

    @AfterEach
    void close() {
        pools.forEach(HikariDataSource::close);
        test.close();
    }

    private Settling feeCenter() {
        HikariDataSource pool = test.database.sinkAt(TestDatabase.port());
        pools.add(pool);
        return new Settling(LedgerDatabase.jdbi(pool), test.clock());
    }

    @RepeatedTest(2)
    void hundredDaysSettledTwiceInParallelOverdrawNothing() {
        // Given
        List<AccountDay> days = test.settling.openDays();
        assertThat(days).hasSize(DAYS);

        // When
        List<CompletableFuture<Integer>> settled = new ArrayList<>();
        for (int center = 0; center < FEE_CENTERS; center++) {
            Settling settling = feeCenter();
            for (int thread = 0; thread < THREADS_EACH; thread++) {
                settled.add(CompletableFuture.supplyAsync(
                        () -> days.stream().mapToInt(settling::settle).sum(), run -> new Thread(run).start()));
            }
        }

        // Then
        assertThat(settled.stream().mapToInt(CompletableFuture::join).sum()).isEqualTo(DAYS);
        requireOnce();
    }

    /** The voucher and the card paid all they had, and the account owes the rest: 333.00 - 150.00. */
    private void requireOnce() {
        assertThat(test.purses()).containsExactly("VOUCHER 0.00", "CARD 0.00", "CASH 0.00", "DEBT -183.00");
        assertThat(test.imbalances()).isZero();
        assertThat(test.database.number("SELECT count(*) FROM settled_line")).isEqualTo(DAYS);
        assertThat(test.database.number("SELECT count(*) FROM movement WHERE kind = 'SETTLEMENT'"))
                .isEqualTo(DAYS);
    }

    @RepeatedTest(2)
    void connectionsThatAreCutBetweenTwoStatementsLeaveNothingTwice() {
        // Given
        List<CompletableFuture<Void>> centers = new ArrayList<>();
        for (int center = 0; center < FEE_CENTERS; center++) {
            Settling settling = feeCenter();
            centers.add(CompletableFuture.runAsync(() -> settleInSpiteOfAll(settling), run -> new Thread(run).start()));
        }

        // When
        while (!centers.stream().allMatch(CompletableFuture::isDone)) {
            test.database.administrate(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'weir_sink'"
                            + " AND datname = '" + test.database.name() + "' AND state <> 'idle' AND random() < 0.5");
        }

        // Then
        centers.forEach(CompletableFuture::join);
        requireOnce();
    }

    private static void settleInSpiteOfAll(Settling settling) {
        List<AccountDay> days = List.of(new AccountDay(ACCOUNT, DAY));
        while (!days.isEmpty()) {
            try {
                days = settling.openDays();
                days.forEach(settling::settle);
            } catch (JdbiException cut) {
                LOG.debug("The next round asks the database what was settled", cut);
            }
        }
    }
}
