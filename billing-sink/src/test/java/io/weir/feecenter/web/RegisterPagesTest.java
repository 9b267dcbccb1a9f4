package io.weir.feecenter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegisterPagesTest {

    private TestConsole console;

    @BeforeEach
    void start() throws IOException {
        console = new TestConsole();
    }

    @AfterEach
    void close() {
        console.close();
    }

    private static Map<String, String> account(String code) {
        return new HashMap<>(Map.of(
                "email", "grace@example.com",
                "code", code,
                "site", "cn1",
                "name", "Grace",
                "phone", "+86 138 0000 0000",
                "password", TestConsole.PASSWORD.value()));
    }

    @Test
    void whoeverReadsTheMailRegistersAndIsSignedIn() {
        // Given
        TestBrowser browser = console.browser();
        Document form = browser.submit("/register", Map.of("email", "grace@example.com"));
        assertThat(form.select("[role=status]").text()).isEqualTo("The code is on its way.");
        assertThat(form.select("input[name=email]").val()).isEqualTo("grace@example.com");

        // When
        Document page = browser.submit("/register/account", account(console.mail.lastCode()));

        // Then
        assertThat(page.select("h1").text()).isEqualTo("Workspaces");
        assertThat(page.select("[role=status]").text()).startsWith("You are registered");
        assertThat(console.people
                        .signIn("cn1", "+8613800000000", TestConsole.PASSWORD)
                        .userName())
                .isEqualTo("Grace");
    }

    @Test
    void aWrongCodeRegistersNobodyAndKeepsWhatWasTyped() {
        TestBrowser browser = console.browser();
        browser.submit("/register", Map.of("email", "grace@example.com"));

        HttpResponse<String> answer = browser.post("/register/account", account("wrong"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("The code is wrong", "value=\"Grace\"")
                .doesNotContain(TestConsole.PASSWORD.value());
    }

    @Test
    void anAddressThatIsTakenIsToldOnlyToWhoeverReadsItsMail() {
        TestBrowser browser = console.browser();
        assertThat(browser.submit("/register", Map.of("email", "ada@example.com"))
                        .select("[role=alert]"))
                .isEmpty();
        Map<String, String> form = account(console.mail.lastCode());
        form.put("email", "ada@example.com");

        assertThat(browser.submit("/register/account", form)
                        .select("[role=alert]")
                        .text())
                .startsWith("Another account of this site");
    }

    @Test
    void aCommercialRegistrationMakesBothAccountsAndAWorkspaceThatIsPaid() {
        // Given
        TestBrowser browser = console.browser();
        Document form = browser.submit("/register", Map.of("email", "grace@example.com", "plan", "COMMERCIAL"));
        assertThat(form.select("h1").text()).isEqualTo("Register for the commercial plan");
        Map<String, String> filled = account(console.mail.lastCode());
        filled.put("user-name", "grace");
        filled.put("currency", "CNY");
        filled.put("workspace", "Lab");
        filled.put("agreement", UpgradePages.AGREEMENT);

        // When
        Document page = browser.submit("/register/commercial", filled);

        // Then
        assertThat(page.select("h1").text()).isEqualTo("Lab: Plan and bills");
        assertThat(page.select("dd").eachText()).contains("Commercial", "Owner");
        assertThat(console.payers.signIn("grace", TestConsole.PASSWORD).email()).isEqualTo("grace@example.com");
        assertThat(console.people.signIn("cn1", "grace@example.com", TestConsole.PASSWORD))
                .isNotNull();
    }

    @Test
    void aCommercialRegistrationNeedsTheAgreement() {
        TestBrowser browser = console.browser();
        browser.submit("/register", Map.of("email", "grace@example.com", "plan", "COMMERCIAL"));
        Map<String, String> filled = account(console.mail.lastCode());
        filled.put("user-name", "grace");
        filled.put("currency", "CNY");
        filled.put("workspace", "Lab");

        assertThat(browser.submit("/register/commercial", filled)
                        .select("[role=alert]")
                        .text())
                .isEqualTo("Accept the agreement first.");
        assertThat(console.payers.isFree("grace")).isTrue();
    }

    /** The code is not used up by it. */
    @ParameterizedTest
    @ValueSource(strings = {"account", "commercial"})
    void aSiteThatThereIsNotIsRefused(String way) {
        // Given
        TestBrowser browser = console.browser();
        browser.submit("/register", Map.of("email", "grace@example.com"));
        Map<String, String> form = account(console.mail.lastCode());
        form.putAll(Map.of("user-name", "grace", "currency", "CNY", "workspace", "Lab"));
        form.put("agreement", UpgradePages.AGREEMENT);
        form.put("site", "cn9");

        // When
        Document refused = browser.submit("/register/" + way, form);

        // Then
        assertThat(refused.select("[role=alert]").text()).isEqualTo("There is no such site.");
        form.put("site", "cn1");
        assertThat(browser.submit("/register/" + way, form)
                        .select("[role=status]")
                        .text())
                .startsWith("You are registered");
    }

    @Test
    void theSitesOfTheConsoleAreOffered() {
        assertThat(console.browser()
                        .open("/register/account")
                        .select("select[name=site] option")
                        .eachText())
                .containsExactly("cn1", "us1");
    }
}
