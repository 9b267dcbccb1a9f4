package io.weir.feecenter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PayerPagesTest {

    private TestConsole console;
    private TestBrowser acme;

    @BeforeEach
    void start() throws IOException {
        console = new TestConsole();
        acme = console.browserOfPayer("acme");
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void anAccountSeesItsOwnData() {
        assertThat(acme.open("/fee-center/account").select("tbody tr").eachText())
                .contains("User name acme never changes", "E-mail address acme@example.com changes by a code");
    }

    @Test
    void theEMailAddressChangesByACodeToThePresentOne() {
        acme.submit("/fee-center/account/code", Map.of());
        assertThat(console.mail.received()).last().asString().startsWith("acme@example.com: ");

        Document page = acme.submit(
                "/fee-center/account/email", Map.of("email", "money@example.com", "code", console.mail.lastCode()));

        assertThat(page.select("[role=status]").text()).isEqualTo("The e-mail address is changed.");
        assertThat(page.select("tbody").text()).contains("money@example.com");
    }

    @Test
    void thePhoneChangesByACodeToo() {
        acme.submit("/fee-center/account/code", Map.of());

        Document page = acme.submit(
                "/fee-center/account/phone", Map.of("phone", "+86 138 0000 0000", "code", console.mail.lastCode()));

        assertThat(page.select("tbody").text()).contains("+8613800000000");
    }

    @Test
    void theLanguageOfMailIsThatOfTheCurrencyUntilItIsChosen() {
        assertThat(acme.open("/fee-center/account")
                        .select("select[name=language] option[selected]")
                        .text())
                .isEqualTo("中文");

        Document page = acme.submit("/fee-center/account/language", Map.of("language", "en"));

        assertThat(page.select("[role=status]").text()).isEqualTo("Mail comes in this language from now on.");
        assertThat(page.select("select[name=language] option[selected]").text()).isEqualTo("English");
        assertThat(console.database.number("SELECT count(*) FROM fee_center_account WHERE mail_language = 'en'"))
                .isEqualTo(1);
    }

    @Test
    void onlyALanguageThatIsOfferedIsChosenAndOnlyByTheAccount() {
        assertThat(acme.submit("/fee-center/account/language", Map.of("language", "fr"))
                        .select("[role=alert]")
                        .text())
                .isEqualTo("Choose one of those that are offered.");
        assertThat(console.browser()
                        .post("/fee-center/account/language", Map.of("language", "en"))
                        .uri()
                        .getPath())
                .isEqualTo("/fee-center/sign-in");
        assertThat(console.database.number("SELECT count(*) FROM fee_center_account WHERE mail_language IS NOT NULL"))
                .isZero();
    }

    @Test
    void aWrongCodeChangesNothing() {
        Document page = acme.submit("/fee-center/account/email", Map.of("email", "eve@example.com", "code", "123456"));

        assertThat(page.select("[role=alert]").text()).startsWith("The code is wrong");
        assertThat(acme.open("/fee-center/account").select("tbody").text()).contains("acme@example.com");
    }
}
