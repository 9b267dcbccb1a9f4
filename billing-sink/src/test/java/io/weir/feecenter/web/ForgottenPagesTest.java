package io.weir.feecenter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wire.Secret;
import java.io.IOException;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ForgottenPagesTest {

    private static final Secret FRESH = new Secret("battery staple");

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
    void aPersonChoosesANewPasswordAndOldSessionsEnd() {
        // Given
        TestBrowser old = console.browserOf("ada@example.com");
        TestBrowser browser = console.browser();
        browser.submit("/forgotten", Map.of("site", "cn1", "email", "ada@example.com"));

        // When
        Document after = browser.submit(
                "/forgotten/password",
                Map.of(
                        "site",
                        "cn1",
                        "email",
                        "ada@example.com",
                        "code",
                        console.mail.lastCode(),
                        "password",
                        FRESH.value()));

        // Then
        assertThat(after.select("[role=status]").text()).startsWith("The new password is set.");
        assertThat(console.people.signIn("cn1", "ada@example.com", FRESH).consoleAccountId())
                .isEqualTo(console.ada);
        assertThat(old.get("/workspaces").uri().getPath()).isEqualTo("/sign-in");
    }

    @Test
    void aFeeCenterAccountGetsANewPasswordByItsUserNameAndOldSessionsEnd() {
        // Given
        TestBrowser old = console.browserOfPayer("acme");
        TestBrowser browser = console.browser();
        Document form = browser.submit("/fee-center/forgotten", Map.of("user-name", "acme"));
        assertThat(form.select("input[name=user-name]").val()).isEqualTo("acme");

        // When
        browser.submit(
                "/fee-center/forgotten/password",
                Map.of("user-name", "acme", "code", console.mail.lastCode(), "password", FRESH.value()));

        // Then
        assertThat(console.payers.signIn("acme", FRESH).accountId()).isEqualTo(console.acme.accountId());
        assertThat(old.get("/fee-center").uri().getPath()).isEqualTo("/fee-center/sign-in");
    }

    @Test
    void whetherThereIsSuchAnAccountIsNotSaid() {
        TestBrowser browser = console.browser();

        Document there = browser.submit("/forgotten", Map.of("site", "cn1", "email", "ada@example.com"));
        Document missing = browser.submit("/forgotten", Map.of("site", "cn1", "email", "nobody@example.com"));

        assertThat(missing.select("[role=status]").text())
                .isEqualTo(there.select("[role=status]").text())
                .startsWith("If there is such an account");
        assertThat(console.mail.received()).hasSize(1);
    }
}
