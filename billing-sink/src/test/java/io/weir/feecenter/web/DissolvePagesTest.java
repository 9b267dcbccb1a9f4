package io.weir.feecenter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The owner dissolves a workspace (fee-center-rules.md §5). */
class DissolvePagesTest {

    private TestConsole console;
    private TestBills bills;
    private TestBrowser ada;
    private String page;

    @BeforeEach
    void start() throws IOException {
        console = new TestConsole();
        console.upgradeShop();
        bills = new TestBills(console);
        ada = console.browserOf("ada@example.com");
        page = "/workspaces/%s/dissolve".formatted(console.shop);
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void theOwnerDissolvesAWorkspaceByTypingItsName() {
        // Given
        bills.post(bills.line("log", "12.34"));
        assertThat(ada.open("/workspaces/%s/settings".formatted(console.shop)).select("a[href=" + page + "]"))
                .hasSize(1);
        assertThat(ada.open(page).select("main li").text())
                .contains(
                        "Fee-center account acme pays for what is used until the end of this hour",
                        "cannot be taken back");
        assertThat(ada.submit(page, Map.of("name", "shop"))
                        .select("[role=alert]")
                        .text())
                .isEqualTo("This is not the name of the workspace. Nothing was done.");

        // When
        Document after = ada.submit(page, Map.of("name", "Shop"));

        // Then
        assertThat(after.select("[role=status]").text()).isEqualTo("The workspace is dissolved.");
        assertThat(after.select("main").text()).contains("You have no workspace yet.");
        assertThat(ada.get("/workspaces/" + console.shop).statusCode()).isEqualTo(404);
        TestBrowser acme = console.browserOfPayer("acme");
        assertThat(acme.open("/fee-center").text()).contains("This account pays for no workspace yet.");
        assertThat(acme.open("/fee-center/bills?first=2026-03-01").text()).contains("Shop", "12.34");
    }

    @Test
    void nobodyElseDissolvesIt() {
        console.letInAdministrator("eve@example.com");
        TestBrowser eve = console.browserOf("eve@example.com");

        assertThat(eve.open("/workspaces/%s/settings".formatted(console.shop)).select("a[href=" + page + "]"))
                .isEmpty();
        assertThat(eve.get(page).statusCode()).isEqualTo(404);
        assertThat(eve.post(page, Map.of("name", "Shop")).statusCode()).isEqualTo(404);
        assertThat(console.workspaces.role(console.shop, console.ada)).isPresent();
    }
}
