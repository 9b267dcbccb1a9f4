package io.weir.feecenter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertPagesTest {

    private TestConsole console;
    private TestBills bills;

    @BeforeEach
    void start() throws IOException {
        console = new TestConsole();
        bills = new TestBills(console);
        console.upgradeShop();
    }

    @AfterEach
    void close() {
        console.close();
    }

    /** Signed in to both: the console, and the fee center as acme. */
    private TestBrowser acmeWith(String person) {
        TestBrowser browser = console.browserOf(person);
        browser.post("/fee-center/sign-in", Map.of("login", "acme", "password", TestConsole.PASSWORD.value()));
        return browser;
    }

    private Map<String, String> form(String item, String threshold) {
        return Map.of("workspace", console.shop, "item", item, "threshold", threshold);
    }

    @Test
    void anOwnerSetsAnAlertThatGoesOffOnceAboveItsThreshold() {
        TestBrowser acme = acmeWith("ada@example.com");
        acme.submit("/fee-center/alerts", form("", "5.00"));
        acme.submit("/fee-center/alerts", form("log", "9.99"));
        bills.post(bills.line("log", "9.99"));
        bills.settle();

        assertThat(acme.open("/fee-center/alerts").select("tbody tr").eachText())
                .containsExactly(
                        "Shop All items together 5.00 went off by the bill of 2026-03-02 Remove",
                        "Shop Logs 9.99 ready Remove");
    }

    @Test
    void anAlertIsRemoved() {
        TestBrowser acme = acmeWith("ada@example.com");
        acme.submit("/fee-center/alerts", form("log", "5.00"));

        Document page = acme.submit("/fee-center/alerts/remove", Map.of("workspace", console.shop, "item", "log"));

        assertThat(page.select("[role=status]").text()).isEqualTo("The alert is removed.");
        assertThat(page.select("tbody tr")).isEmpty();
    }

    @Test
    void whoIsNothingToTheWorkspaceSetsNoAlert() {
        Document page = acmeWith("eve@example.com").submit("/fee-center/alerts", form("", "5.00"));

        assertThat(page.select("[role=alert]").text()).isEqualTo("There is no such thing, or it is nothing to you.");
        assertThat(page.select("tbody tr")).isEmpty();
    }

    @Test
    void aWorkspaceForWhichTheAccountDoesNotPayIsNone() {
        bills.otherAccount();
        TestBrowser ada = console.browserOf("ada@example.com");
        ada.post("/fee-center/sign-in", Map.of("login", "umbrella", "password", TestConsole.PASSWORD.value()));

        assertThat(ada.post("/fee-center/alerts", form("", "5.00")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aThresholdIsAnAmount() {
        assertThat(acmeWith("ada@example.com")
                        .submit("/fee-center/alerts", form("", "-1"))
                        .select("[role=alert]")
                        .text())
                .startsWith("A threshold is a number of 0 or more");
    }
}
