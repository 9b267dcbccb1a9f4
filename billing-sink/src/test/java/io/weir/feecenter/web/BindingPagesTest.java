package io.weir.feecenter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.feecenter.account.Bindings;
import io.weir.feecenter.account.Currency;
import io.weir.feecenter.account.FeeCenterAccount;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BindingPagesTest {

    private TestConsole console;
    private FeeCenterAccount globex;
    private TestBrowser ada;
    private String page;

    @BeforeEach
    void start() throws IOException {
        console = new TestConsole();
        globex = console.payers.register("globex", Currency.CNY, "globex@example.com", null, TestConsole.PASSWORD);
        console.upgradeShop();
        ada = console.browserOf("ada@example.com");
        page = "/workspaces/%s/binding".formatted(console.shop);
    }

    @AfterEach
    void close() {
        console.close();
    }

    private void certifyBoth() {
        console.payers.certify(console.acme.accountId(), "91310000");
        console.payers.certify(globex.accountId(), "91310000");
    }

    @Test
    void theOwnerHasAnotherAccountOfTheEnterprisePay() {
        certifyBoth();
        console.clock.pass(Duration.ofHours(1));

        Document after = console.browserOf("ada@example.com").submit(page, Map.of("user-name", "globex"));

        assertThat(after.select("[role=status]").text()).startsWith("The other account pays");
        assertThat(after.select("tbody th").eachText()).containsExactly("globex", "acme");
        assertThat(after.select("tbody tr").get(0).text()).contains("2026-03-10 10:20 UTC", "ada@example.com");
    }

    @Test
    void accountsOfNoCommonEnterpriseAreRefusedWithTheReason() {
        Document refused = ada.submit(page, Map.of("user-name", "globex"));

        assertThat(refused.select("[role=alert]").text()).contains("certified for the same enterprise");
        assertThat(refused.select("input[name=user-name]").val()).isEqualTo("globex");
        assertThat(refused.select("tbody th").eachText()).containsExactly("acme");
    }

    @Test
    void onlyTheOwnerSeesItOrChangesIt() {
        certifyBoth();
        console.letInAdministrator("eve@example.com");
        TestBrowser eve = console.browserOf("eve@example.com");

        assertThat(eve.get(page).statusCode()).isEqualTo(404);
        assertThat(eve.post(page, Map.of("user-name", "globex")).statusCode()).isEqualTo(404);
        assertThat(new Bindings(console.database.sink(), console.clock).history(console.shop))
                .hasSize(1);
    }
}
