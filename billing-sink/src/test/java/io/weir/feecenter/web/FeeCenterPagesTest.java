package io.weir.feecenter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.feecenter.settlement.Arrears;
import java.io.IOException;
import java.time.LocalDate;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeeCenterPagesTest {

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
    void anAccountSeesWhatItHasAndWhatTheMonthComesTo() {
        // Given
        console.upgradeShop();
        bills.topUp("100");
        bills.post(bills.line("log", "12.34"), bills.line("apm_trace", "7.00"));
        bills.settle();
        bills.post(bills.line(LocalDate.of(2026, 3, 3), "log", 0, "1.00"));

        // When
        Document page = console.browserOfPayer("acme").open("/fee-center");

        // Then
        assertThat(page.select("dl.figures dd").eachText())
                .containsExactly("CNY 80.66", "CNY 0.00", "CNY 0.00", "CNY 0.00");
        assertThat(page.select("table").get(0).select("tbody tr").text())
                .isEqualTo("Shop cn1 Fee center 2026-03-10 09:20 UTC " + console.shop);
        assertThat(page.select("p").eachText())
                .anyMatch(text -> text.startsWith("CNY 20.34 in all, of which CNY 1.00 is not settled yet."));
        assertThat(page.select("table[data-chart]").get(0).select("tbody tr").eachText())
                .containsExactly("2026-03-02 19.34", "2026-03-03 1.00");
        assertThat(page.select("table[data-chart]").get(1).select("tbody tr").eachText())
                .containsExactly("Shop 20.34");
    }

    @Test
    void anAccountThatOwesSeesWhenItIsLocked() {
        bills.post(bills.line("log", "12.34"));
        bills.settle();

        Document page = console.browserOfPayer("acme").open("/fee-center");

        assertThat(page.select("p.refused").text())
                .isEqualTo(
                        "This account owes money. On 2026-03-24 09:20 UTC it is locked, with its workspaces. Top up");
        assertThat(page.select("dd.negative").text()).isEqualTo("CNY 12.34");
    }

    @Test
    void aLockedAccountSeesItsBillsAndPays() {
        // Given
        bills.post(bills.line("log", "12.34"));
        bills.settle();
        console.clock.pass(Arrears.GRACE);
        assertThat(new Arrears(console.database.jdbi(), console.clock).lockOverdue())
                .containsExactly(console.acme.accountId());
        TestBrowser acme = console.browserOfPayer("acme");
        assertThat(acme.open("/fee-center").select("p.refused").text()).startsWith("This account has been locked");

        // When / Then
        assertThat(acme.open("/fee-center/bills?first=2026-03-01").text()).contains("12.34");
        bills.topUp("12.34");
        assertThat(acme.open("/fee-center").select("p.refused")).isEmpty();
    }

    @Test
    void anotherAccountSeesNothingOfIt() {
        console.upgradeShop();
        bills.post(bills.line("log", "12.34"));
        bills.otherAccount();

        Document page = console.browserOfPayer("umbrella").open("/fee-center");

        assertThat(page.text())
                .contains("This account pays for no workspace yet.")
                .doesNotContain("Shop", "12.34");
    }

    @Test
    void whoeverIsNotSignedInToTheFeeCenterIsAskedTo() {
        assertThat(console.browserOf("ada@example.com").get("/fee-center").uri().getPath())
                .isEqualTo("/fee-center/sign-in");
    }
}
