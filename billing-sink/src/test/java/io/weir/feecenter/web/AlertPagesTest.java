package io.weir.feecenter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.feecenter.account.Mailings;
import io.weir.feecenter.account.Role;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
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
                        "Shop All items together 5.00 owner went off by the bill of 2026-03-02 Remove",
                        "Shop Logs 9.99 owner ready Remove");
    }

    @Test
    void chosenMembersGetTheMailBesideTheOwner() {
        // Given
        console.people.register("cn1", "bob@example.com", null, "Bob", TestConsole.PASSWORD);
        console.workspaces.addMember(console.shop, console.ada, "bob@example.com", Role.MEMBER);
        console.letInAdministrator("eve@example.com");
        TestBrowser acme = acmeWith("eve@example.com");
        Document page = acme.open("/fee-center/alerts");
        assertThat(page.select("fieldset label").eachText()).containsExactly("eve@example.com", "bob@example.com");

        // When
        Map<String, String> form = new HashMap<>(form("", "5.00"));
        form.put(page.select("label:contains(bob) input").attr("name"), "on");
        Document after = acme.submit("/fee-center/alerts", form);
        bills.post(bills.line("log", "9.99"));
        bills.settle();

        // Then
        assertThat(after.select("tbody tr").text()).contains("5.00 owner and 1 chosen ready");
        assertThat(told("5.00 CNY")).containsExactly("ada@example.com", "bob@example.com");
    }

    private List<String> told(String bill) {
        new Mailings(console.database.sink(), console.clock, console.mail.mail()).sendWaiting();
        return console.mail.received().stream()
                .filter(mail -> mail.contains(bill))
                .map(mail -> mail.substring(0, mail.indexOf(':')))
                .toList();
    }

    @Test
    void whoIsNoMemberIsNotChosen() {
        Map<String, String> form = new HashMap<>(form("", "5.00"));
        form.put("member." + console.eve, "on");

        Document after = acmeWith("ada@example.com").submit("/fee-center/alerts", form);

        assertThat(after.select("tbody tr").text()).contains("5.00 owner ready");
    }

    @Test
    void onlyWhoMaySetAnAlertSeesTheMembers() {
        console.workspaces.addMember(console.shop, console.ada, "eve@example.com", Role.MEMBER);

        assertThat(acmeWith("eve@example.com").get("/fee-center/alerts").body()).doesNotContain("@example.com");
        assertThat(console.browserOfPayer("acme").get("/fee-center/alerts").body())
                .doesNotContain("@example.com");
    }

    @Test
    void theItemIsOneOfTheCatalogueAndARefusedFormKeepsWhatWasChosen() {
        console.workspaces.addMember(console.shop, console.ada, "eve@example.com", Role.MEMBER);
        Map<String, String> form = new HashMap<>(form("log", "five"));
        form.put("member." + console.eve, "on");

        Document refused = acmeWith("ada@example.com").submit("/fee-center/alerts", form);

        assertThat(refused.select("select[name=item] option").eachText()).containsExactly("All items together", "Logs");
        assertThat(refused.select("select[name=item] option[selected]").val()).isEqualTo("log");
        assertThat(refused.select("fieldset input[checked]").attr("name")).isEqualTo("member." + console.eve);
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
