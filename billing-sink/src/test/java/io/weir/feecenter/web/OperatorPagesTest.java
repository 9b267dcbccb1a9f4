package io.weir.feecenter.web;

import static io.weir.feecenter.ledger.TestLines.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.AccountChange;
import io.weir.billing.WorkspaceChange;
import io.weir.feecenter.account.Adoption;
import io.weir.feecenter.ledger.TestLedger;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperatorPagesTest {

    private TestConsole console;

    @BeforeEach
    void start() throws IOException {
        console = new TestConsole();
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void onlyTheOperatorSeesThem() {
        assertThat(console.browserOf("ada@example.com").get("/operator").uri().getPath())
                .isEqualTo("/operator/sign-in");
        assertThat(console.browserOfPayer("acme")
                        .get("/operator/accounts")
                        .uri()
                        .getPath())
                .isEqualTo("/operator/sign-in");
        assertThat(console.browser()
                        .post("/operator/accounts/certify", Map.of("user-name", "acme", "enterprise", "7"))
                        .uri()
                        .getPath())
                .isEqualTo("/operator/sign-in");
        assertThat(console.payers.byUserName("acme").orElseThrow().enterprise()).isNull();
    }

    @Test
    void theOperatorsPasswordCannotBeGuessed() {
        TestBrowser guesser = console.browser();
        for (int guess = 0; guess < 10; guess++) {
            assertThat(guesser.post("/operator/sign-in", Map.of("password", "guess " + guess))
                            .body())
                    .contains("There is no such account, or the password is another one.");
        }

        TestBrowser operator = console.browserOfOperator();

        assertThat(operator.get("/operator").uri().getPath()).isEqualTo("/operator/sign-in");
        console.clock.pass(Duration.ofMinutes(16));
        assertThat(console.browserOfOperator().get("/operator").uri().getPath()).isEqualTo("/operator");
    }

    @Test
    void everyCentOfTheTopicIsShownWhereItIs() {
        TestLedger.post(console.database, List.of(line("acct_a", "log", "1.50"), line("acct_a", "sms", "2.25")));

        Document page = console.browserOfOperator().open("/operator");

        assertThat(page.select("table:eq(0) tbody td, h2:contains(Lines) + div td")
                        .eachText())
                .startsWith("2", "2", "0", "0", "0");
        assertThat(page.select("h2:contains(Money) + div td").eachText())
                .containsExactly("2", "3.75", "0.00", "3.75", "0.00");
        assertThat(page.text()).contains("No account is stopped.", "Nothing is held back.");
    }

    @Test
    void anAccountFromFilesGetsItsFirstPassword() {
        console.database
                .jdbi()
                .useTransaction(handle -> Adoption.take(
                        handle, new AccountChange("acct_files", "files", "CNY"), console.clock.instant()));

        console.browserOfOperator()
                .post(
                        "/operator/accounts/access",
                        Map.of(
                                "user-name",
                                "files",
                                "email",
                                "f@example.com",
                                "password",
                                TestConsole.PASSWORD.value()));

        assertThat(console.browserOfPayer("files").get("/fee-center").uri().getPath())
                .isEqualTo("/fee-center");
    }

    @Test
    void theOperatorCertifiesAndGivesTheChoiceOfAllClouds() {
        // Given
        TestBrowser operator = console.browserOfOperator();
        console.upgradeShop();
        Map<String, String> ada = Map.of("site", "cn1", "email", "ada@example.com");

        // When
        operator.post("/operator/accounts/certify", Map.of("user-name", "acme", "enterprise", "91310000"));
        operator.post("/operator/accounts/choice", with(ada, "any", "yes"));

        // Then
        assertThat(console.payers.byUserName("acme").orElseThrow().enterprise()).isEqualTo("91310000");
        assertThat(offeredToAda()).contains("AWS");
        operator.post("/operator/accounts/choice", ada);
        assertThat(offeredToAda()).doesNotContain("AWS");
    }

    private static Map<String, String> with(Map<String, String> form, String field, String value) {
        Map<String, String> filled = new HashMap<>(form);
        filled.put(field, value);
        return filled;
    }

    private List<String> offeredToAda() {
        return console.browserOf("ada@example.com")
                .open("/workspaces/%s/settlement".formatted(console.shop))
                .select("input[name=settle-by]")
                .eachAttr("value");
    }

    @Test
    void aWorkspaceFromFilesGetsItsOwner() {
        console.database
                .jdbi()
                .useTransaction(handle ->
                        Adoption.take(handle, new WorkspaceChange("wksp_files", "cn1"), console.clock.instant()));

        Document page = console.browserOfOperator()
                .submit(
                        "/operator/accounts/owner",
                        Map.of("workspace", "wksp_files", "name", "Files", "site", "cn1", "email", "eve@example.com"));

        assertThat(page.select("[role=status]").text()).isEqualTo("The workspace has its owner.");
        assertThat(console.browserOf("eve@example.com")
                        .open("/workspaces")
                        .select("tbody th")
                        .eachText())
                .containsExactly("Files");
    }
}
