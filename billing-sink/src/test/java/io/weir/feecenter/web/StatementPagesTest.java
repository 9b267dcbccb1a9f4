package io.weir.feecenter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.BillLine;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatementPagesTest {

    private TestConsole console;
    private TestBills bills;

    @BeforeEach
    void start() throws IOException {
        console = new TestConsole();
        bills = new TestBills(console);
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void aStatementShowsItsLinesAndWhatPaidForThem() {
        // Given
        bills.topUp("10");
        bills.post(bills.line("log", "12.34"), bills.line("apm_trace", "7.00"));
        String number = bills.issueStatement();

        // When
        TestBrowser acme = console.browserOfPayer("acme");
        Document list = acme.open("/fee-center/statements");
        Document page = acme.open("/fee-center/statements/" + number);

        // Then
        assertThat(list.select("tbody tr").text()).startsWith("2026-03 202603-000001 19.34 10.00 9.34 2026-04-04");
        assertThat(page.select("dl.figures div").eachText()).containsExactly("Cash CNY 10.00", "Debt CNY 9.34");
        assertThat(page.select("table").get(0).select("tbody tr").eachText()).containsExactly("Shop 2 0.00 19.34");
        assertThat(page.select("table").get(1).select("tbody tr").eachText())
                .containsExactly(
                        "2026-03-02 Shop Traces 14 0 10 7.00 Fee center",
                        "2026-03-02 Shop Logs 14 0 10 12.34 Fee center");
    }

    @Test
    void whatCorrectsAnEarlierMonthIsMarkedAndNamesItsDay() {
        // Given
        bills.post(bills.line("log", "12.34"));
        bills.issueStatement();
        bills.post(
                bills.line(TestBills.DAY, "log", 1, "-2.34"), bills.line(LocalDate.of(2026, 4, 1), "log", 0, "1.00"));

        // When
        String number = bills.issueStatement();
        Document page = console.browserOfPayer("acme").open("/fee-center/statements/" + number);

        // Then
        assertThat(page.select("table").get(0).select("tbody tr").eachText()).containsExactly("Shop 2 -2.34 -1.34");
        assertThat(page.select("table").get(1).select("tbody th").eachText())
                .containsExactly("2026-03-02 (adjusts an earlier month)", "2026-04-01");
    }

    @Test
    void pagesOfAHundredLinesTogetherShowEachLineOnceInTheOrderOfTheFile() {
        // Given
        bills.post(IntStream.range(0, 230)
                .mapToObj(i -> bills.line(TestBills.DAY.plusDays(i % 3), "item_" + i, 0, "1.00"))
                .toArray(BillLine[]::new));
        String statement = "/fee-center/statements/" + bills.issueStatement();
        TestBrowser acme = console.browserOfPayer("acme");

        // When
        List<String> shown = new ArrayList<>();
        String next = statement;
        for (int rows : List.of(100, 100, 30)) {
            Document page = acme.open(next);
            List<String> lines =
                    page.select("table").get(1).select("tbody th a").eachAttr("href");
            assertThat(lines).hasSize(rows);
            shown.addAll(lines);
            next = page.select("a[rel=next]").attr("href");
        }

        // Then
        assertThat(next).isEmpty();
        assertThat(shown)
                .doesNotHaveDuplicates()
                .isEqualTo(acme.get(statement + "/lines.csv")
                        .body()
                        .lines()
                        .skip(1)
                        .map(row -> "/fee-center/bills/" + row.substring(row.lastIndexOf(',') + 1))
                        .toList());
    }

    @Test
    void whatIsNoLineBeginsTheStatementAgain() {
        bills.post(bills.line("log", "12.34"));
        String statement = "/fee-center/statements/" + bills.issueStatement();

        Document page = console.browserOfPayer("acme").open(statement + "?after=%00");

        assertThat(page.select("table").get(1).select("tbody tr")).hasSize(1);
    }

    @Test
    void aStatementIsAFileToo() {
        bills.post(bills.line("log", "12.34"));
        String number = bills.issueStatement();

        String file = console.browserOfPayer("acme")
                .get("/fee-center/statements/" + number + "/lines.csv")
                .body();

        assertThat(file.lines().skip(1))
                .singleElement()
                .asString()
                .startsWith("202603-000001,2026-03-02,%s,Shop,,log,14,0,10,12.34,CNY,FEE_CENTER,false,"
                        .formatted(console.shop));
    }

    @Test
    void anotherAccountFindsNoStatementByItsNumber() {
        bills.post(bills.line("log", "12.34"));
        String number = bills.issueStatement();
        bills.otherAccount();
        TestBrowser umbrella = console.browserOfPayer("umbrella");

        assertThat(umbrella.get("/fee-center/statements/" + number).statusCode())
                .isEqualTo(404);
        assertThat(umbrella.get("/fee-center/statements/" + number + "/lines.csv")
                        .statusCode())
                .isEqualTo(404);
        assertThat(umbrella.open("/fee-center/statements").text()).contains("No statement has been issued yet.");
    }
}
