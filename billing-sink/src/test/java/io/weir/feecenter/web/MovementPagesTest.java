package io.weir.feecenter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.BillLine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MovementPagesTest {

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
    void eachMovementShowsWhichPursesItFilledOrDrewOn() {
        bills.topUp("10");
        BillLine line = bills.line("log", "12.34");
        bills.post(line);
        bills.settle();

        Document page = console.browserOfPayer("acme").open("/fee-center/movements");

        assertThat(page.select("tbody tr").eachText())
                .containsExactly(
                        "2026-03-10 09:20 UTC Bill line settled bill line -12.34 -10.00 -2.34",
                        "2026-03-10 09:20 UTC Top-up payment of 10 10.00 10.00");
        assertThat(page.select("tbody a").attr("href")).isEqualTo("/fee-center/bills/" + line.getLineId());
    }

    @Test
    void theFileHoldsAllMovements() {
        bills.topUp("10");
        bills.post(bills.line("log", "1.00"));
        bills.settle();

        assertThat(console.browserOfPayer("acme")
                        .get("/fee-center/movements.csv")
                        .body()
                        .lines())
                .hasSize(3)
                .first()
                .isEqualTo("\uFEFFmoved_at,kind,reference,sum,voucher,threshold_voucher,card,cash,debt,cloud,currency");
    }

    @Test
    void aHundredMovementsAreAPage() {
        for (int i = 1; i <= 101; i++) {
            bills.topUp(String.valueOf(i));
        }
        TestBrowser acme = console.browserOfPayer("acme");

        Document first = acme.open("/fee-center/movements");
        Document second = acme.open(first.select("a[rel=next]").attr("href"));

        assertThat(first.select("tbody tr")).hasSize(100);
        assertThat(second.select("tbody tr code").eachText()).containsExactly("payment of 1");
        assertThat(second.select("a[rel=next]")).isEmpty();
    }

    @Test
    void whatIsAskedForStaysInTheFormTheFileAndTheNextPage() {
        // Given
        for (int i = 1; i <= 101; i++) {
            bills.topUp(String.valueOf(i));
        }
        bills.post(bills.line("log", "1.00"));
        bills.settle();
        TestBrowser acme = console.browserOfPayer("acme");

        // When
        Document page = acme.open("/fee-center/movements?month=2026-03&kind=TOP_UP&purse=CASH");

        // Then
        assertThat(page.select("tbody tr"))
                .hasSize(100)
                .noneMatch(row -> row.text().contains("Bill line"));
        assertThat(page.select("option[selected]").eachAttr("value")).containsExactly("TOP_UP", "CASH");
        assertThat(page.select("input[name=month]").val()).isEqualTo("2026-03");
        assertThat(acme.get(page.select("a[download]").attr("href")).body().lines())
                .hasSize(102);
        assertThat(acme.open(page.select("a[rel=next]").attr("href"))
                        .select("tbody tr code")
                        .eachText())
                .containsExactly("payment of 1");
    }

    @Test
    void aMonthEndsAtMidnightUtc() {
        Duration untilApril = Duration.between(console.clock.instant(), Instant.parse("2026-04-01T00:00:00Z"));
        console.clock.pass(untilApril.minusSeconds(1));
        bills.topUp("3");
        console.clock.pass(Duration.ofSeconds(1));
        bills.topUp("4");
        TestBrowser acme = console.browserOfPayer("acme");

        assertThat(acme.open("/fee-center/movements?month=2026-03")
                        .select("tbody code")
                        .eachText())
                .containsExactly("payment of 3");
        assertThat(acme.open("/fee-center/movements?month=2026-04")
                        .select("tbody code")
                        .eachText())
                .containsExactly("payment of 4");
    }

    @Test
    void whatCannotBeReadAsksForNothing() {
        bills.topUp("10");
        TestBrowser acme = console.browserOfPayer("acme");

        assertThat(acme.open("/fee-center/movements?month=March&kind=GIFT&purse=;")
                        .select("tbody tr"))
                .hasSize(1);
        assertThat(acme.open("/fee-center/movements?month=2026-02").text()).contains("No money has moved in this way.");
    }

    @Test
    void theMovementsOfAnotherAccountAreOthers() {
        bills.topUp("10");
        bills.otherAccount();
        TestBrowser umbrella = console.browserOfPayer("umbrella");

        assertThat(umbrella.open("/fee-center/movements").text()).contains("No money has moved yet.");
        assertThat(umbrella.get("/fee-center/movements.csv").body().lines()).hasSize(1);
    }
}
