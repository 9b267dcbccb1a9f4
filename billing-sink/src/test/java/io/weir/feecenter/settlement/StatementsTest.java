package io.weir.feecenter.settlement;

import static io.weir.feecenter.settlement.TestSettlement.ACCOUNT;
import static io.weir.feecenter.settlement.TestSettlement.log;
import static io.weir.feecenter.settlement.TestSettlement.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Monthly statements (fee-center-rules.md §2, §5). */
class StatementsTest {

    private static final LocalDate MARCH_2 = LocalDate.of(2026, 3, 2);
    private static final LocalDate MARCH_31 = LocalDate.of(2026, 3, 31);
    private static final LocalDate APRIL_1 = LocalDate.of(2026, 4, 1);

    private TestSettlement test;
    private Statements statements;
    private StatementQuery issued;

    @BeforeEach
    void open() {
        test = new TestSettlement();
        statements = new Statements(test.database.jdbi(), test.clock());
        issued = new StatementQuery(test.database.sink());
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void aStatementIsIssuedAfterTheThirdWithTheLinesOfItsMonth() {
        // Given
        test.grantVoucher("4.00");
        test.topUp("5.00");
        test.post(on(MARCH_2, log("3.00")), on(MARCH_31, log("7.00")), on(APRIL_1, log("100.00")));
        settledBefore("2026-04-01T16:00:00Z");

        // When / Then
        test.at("2026-04-03T23:59:59Z");
        assertThat(statements.issueDue()).isEmpty();

        test.at("2026-04-04T00:00:00Z");
        assertThat(statements.issueDue()).containsExactly("202603-000001");

        MonthlyStatement march = issued.of(ACCOUNT).get(0);
        assertThat(march.month()).isEqualTo(YearMonth.of(2026, 3));
        assertThat(march.amount()).isEqualByComparingTo("10.00");
        assertThat(march.paidBy().keySet()).containsExactly(PurseKind.VOUCHER, PurseKind.CASH, PurseKind.DEBT);
        assertThat(march.paidBy().values())
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(new BigDecimal("4.00"), new BigDecimal("5.00"), new BigDecimal("1.00"));
        assertThat(issued.lines(march.number(), null, 100))
                .extracting(StatementLine::day)
                .containsExactly(MARCH_2, MARCH_31);
    }

    @Test
    void aStatementWaitsUntilItsMonthIsOverInTheLastZoneOnEarth() {
        test.post(on(MARCH_2, log("3.00")));
        settledBefore("2026-04-01T11:59:59Z");
        test.at("2026-04-10T00:00:00Z");
        assertThat(statements.issueDue()).isEmpty();

        settledBefore("2026-04-01T12:00:00Z");
        assertThat(statements.issueDue()).hasSize(1);
    }

    @Test
    void aStatementWaitsUntilAllItsDaysAreSettled() {
        // Given
        test.post(on(MARCH_2, log("3.00")));
        settledBefore("2026-04-02T00:00:00Z");
        test.at("2026-04-04T00:00:00Z");
        test.post(on(MARCH_31, log("4.00")));

        // When / Then
        assertThat(statements.issueDue()).as("a line is open").isEmpty();

        test.settle();
        assertThat(statements.issueDue()).hasSize(1);
    }

    @Test
    void aLaterCorrectionStandsOnTheNextStatementAndNamesItsDay() {
        // Given
        test.post(on(MARCH_2, log("3.00")));
        settledBefore("2026-04-02T00:00:00Z");
        test.at("2026-04-04T00:00:00Z");
        statements.issueDue();

        // When
        test.post(on(MARCH_2, log(1, "-1.00")), on(APRIL_1, log("5.00")));
        settledBefore("2026-05-02T00:00:00Z");
        test.at("2026-05-04T00:00:00Z");

        // Then
        assertThat(statements.issueDue()).containsExactly("202604-000001");
        assertThat(issued.of(ACCOUNT))
                .extracting(MonthlyStatement::amount)
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(new BigDecimal("3.00"), new BigDecimal("4.00"));
        assertThat(issued.lines("202604-000001", null, 100))
                .extracting(StatementLine::day, StatementLine::adjustment)
                .containsExactly(tuple(MARCH_2, true), tuple(APRIL_1, false));
    }

    @Test
    void severalMonthsThatAreDueHaveAStatementEach() {
        test.post(on(MARCH_2, log("3.00")), on(APRIL_1, log("5.00")));
        settledBefore("2026-06-02T00:00:00Z");
        test.at("2026-06-04T00:00:00Z");

        assertThat(statements.issueDue()).containsExactly("202603-000001", "202604-000001");
    }

    @Test
    void numbersOfAMonthHaveNoGapHoweverManyIssueAtOnce() {
        // Given
        for (int account = 0; account < 12; account++) {
            test.post(TestSettlement.line("acct_" + account, "log", "1.00"));
        }
        settledBefore("2026-04-02T00:00:00Z");
        test.at("2026-04-04T00:00:00Z");

        // When
        List<CompletableFuture<List<String>>> issuers = IntStream.range(0, 3)
                .mapToObj(issuer -> CompletableFuture.supplyAsync(statements::issueDue))
                .toList();

        // Then
        assertThat(issuers.stream().flatMap(issuer -> issuer.join().stream()))
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 12)
                        .mapToObj("202603-%06d"::formatted)
                        .toList());
    }

    private void settledBefore(String instant) {
        test.issuedBefore(instant);
        test.settle();
    }
}
