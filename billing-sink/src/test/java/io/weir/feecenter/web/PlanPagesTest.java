package io.weir.feecenter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.BillLine;
import io.weir.feecenter.account.Role;
import io.weir.feecenter.ledger.TestLedger;
import io.weir.feecenter.ledger.TestLines;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlanPagesTest {

    private TestConsole console;
    private String page;

    @BeforeEach
    void start() throws IOException {
        console = new TestConsole();
        page = "/workspaces/" + console.shop;
    }

    @AfterEach
    void close() {
        console.close();
    }

    private BillLine line(String workspace, String day, String item, int revision, String amount) {
        BillLine line = TestLines.line(console.acme.accountId(), item, revision, amount);
        return TestLines.withItsId(
                TestLines.but(line, it -> it.setWorkspaceId(workspace).setDay(LocalDate.parse(day))));
    }

    private void post(BillLine... lines) {
        TestLedger.post(console.database, List.of(lines));
    }

    @Test
    void theMonthIsShownByItemAndByDayNetOfCorrectionsUpToYesterday() {
        // Given
        console.upgradeShop();
        post(
                line(console.shop, "2026-03-02", "log", 0, "1200.00"),
                line(console.shop, "2026-03-02", "log", 1, "-0.50"),
                line(console.shop, "2026-03-09", "sms", 0, "3.00"),
                line(console.shop, "2026-03-10", "sms", 0, "70.00"),
                line(console.shop, "2026-02-28", "sms", 0, "80.00"),
                line("wksp_of_somebody_else", "2026-03-02", "log", 0, "90.00"));

        // When
        Document march = console.browserOf("ada@example.com").open(page);

        // Then
        assertThat(march.select("main").text()).contains("Up to 2026-03-09");
        assertThat(march.select("table:has(caption:contains(By item)) tbody tr").eachText())
                .containsExactly("Logs 0 1,199.50", "SMS 10 3.00");
        assertThat(march.select("table[data-chart] tbody tr").eachText())
                .containsExactly("2026-03-02 1,199.50", "2026-03-09 3.00");
        assertThat(march.select("table[data-chart] td[data-value]").eachAttr("data-value"))
                .containsExactly("1199.50", "3.00");
        assertThat(march.select("tfoot").text()).isEqualTo("All items CNY 1,202.50");
    }

    @Test
    void anEarlierMonthIsShownAsAWhole() {
        console.upgradeShop();
        post(line(console.shop, "2026-02-28", "sms", 0, "80.00"));

        Document february = console.browserOf("ada@example.com").open(page + "?month=2026-02");

        assertThat(february.select("h2").eachText()).contains("What 2026-02 has cost");
        assertThat(february.select("tfoot").text()).isEqualTo("All items CNY 80.00");
        assertThat(february.select("a[href$=month=2026-03]")).isNotEmpty();
    }

    @Test
    void aMonthThatCannotBeIsThePresentOne() {
        console.upgradeShop();
        TestBrowser ada = console.browserOf("ada@example.com");

        assertThat(ada.open(page + "?month=2027-01").select("h2").eachText()).contains("What 2026-03 has cost");
        assertThat(ada.open(page + "?month=x").select("h2").eachText()).contains("What 2026-03 has cost");
    }

    @Test
    void whoPaysAndHowIsShown() {
        console.upgradeShop();

        Document shown = console.browserOf("ada@example.com").open(page);

        assertThat(shown.select("dd").eachText()).containsExactly("Commercial", "cn1", "Owner", "Fee center");
        assertThat(shown.select("table:has(caption:contains(Who pays)) tbody th")
                        .eachText())
                .containsExactly("acme");
    }

    @Test
    void theOwnerOfAFreeWorkspaceIsShownTheWayUp() {
        Document free = console.browserOf("ada@example.com").open(page);

        assertThat(free.select("dd").eachText()).containsExactly("Free", "cn1", "Owner");
        assertThat(free.select("main a[role=button]").attr("href")).isEqualTo(page + "/upgrade");
    }

    @Test
    void anAdministratorSeesTheBills() {
        console.upgradeShop();
        console.letInAdministrator("eve@example.com");
        post(line(console.shop, "2026-03-09", "sms", 0, "3.00"));

        Document shown = console.browserOf("eve@example.com").open(page);

        assertThat(shown.select("tfoot").text()).isEqualTo("All items CNY 3.00");
        assertThat(shown.select("table:has(caption:contains(Who pays)) tbody th")
                        .eachText())
                .containsExactly("acme");
    }

    @Test
    void aMemberSeesThePlanAndNothingOfMoney() {
        console.upgradeShop();
        console.workspaces.addMember(console.shop, console.ada, "eve@example.com", Role.MEMBER);

        Document shown = console.browserOf("eve@example.com").open(page);

        assertThat(shown.select("dd").eachText()).containsExactly("Commercial", "cn1", "Member");
        assertThat(shown.select("main").text()).doesNotContain("acme", "cost");
        assertThat(shown.select("nav.pages a").eachAttr("href")).containsExactly(page, page + "/usage");
    }

    @Test
    void whoeverIsNothingToTheWorkspaceFindsNoPage() {
        assertThat(console.browserOf("eve@example.com").get(page).statusCode()).isEqualTo(404);
    }
}
