package io.weir.feecenter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountPagesTest {

    private TestConsole console;
    private String jump;

    @BeforeEach
    void start() throws IOException {
        console = new TestConsole();
        console.upgradeShop();
        jump = "/workspaces/%s/fee-center".formatted(console.shop);
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void bothAccountsAreShownWithWhatTheyAreFor() {
        Document page = console.browserOf("ada@example.com").open("/accounts");

        assertThat(page.select("h2").eachText()).containsExactly("Console account", "Fee-center account");
        assertThat(page.select("dd").eachText()).contains("ada@example.com", "cn1");
        assertThat(page.select("tbody tr").text()).contains("Shop", "acme", "CNY");
        assertThat(page.select("tbody form").attr("action")).isEqualTo(jump);
    }

    @Test
    void theOwnerEntersTheAccountThatPaysWithoutItsPassword() {
        TestBrowser ada = console.browserOf("ada@example.com");

        ada.post(jump, Map.of());

        assertThat(ada.open("/accounts").select("header nav a[href=/fee-center]"))
                .isNotEmpty();
    }

    @Test
    void nobodyElseEntersIt() {
        console.letInAdministrator("eve@example.com");
        TestBrowser eve = console.browserOf("eve@example.com");

        assertThat(eve.post(jump, Map.of()).statusCode()).isEqualTo(404);
        assertThat(eve.open("/accounts").select("header nav a[href=/fee-center]"))
                .isEmpty();
        assertThat(eve.open("/accounts").select("tbody")).isEmpty();
    }
}
