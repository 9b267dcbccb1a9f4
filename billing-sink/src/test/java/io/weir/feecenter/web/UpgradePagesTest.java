package io.weir.feecenter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.feecenter.account.Plan;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpgradePagesTest {

    private TestConsole console;
    private String steps;

    @BeforeEach
    void start() throws IOException {
        console = new TestConsole();
        steps = "/workspaces/%s/upgrade".formatted(console.shop);
    }

    @AfterEach
    void close() {
        console.close();
    }

    private Plan plan() {
        return console.workspaces.find(console.shop).orElseThrow().plan();
    }

    private static Map<String, String> newAccount() {
        return new HashMap<>(Map.of(
                "user-name", "globex",
                "currency", "USD",
                "email", "globex@example.com",
                "phone", "",
                "password", TestConsole.PASSWORD.value(),
                "agreement", UpgradePages.AGREEMENT));
    }

    @Test
    void theHolderOfAnExistingAccountAgreesByACode() {
        // Given
        TestBrowser ada = console.browserOf("ada@example.com");
        assertThat(ada.open(steps).select(".warning").text()).startsWith("There is no way back");
        Document form = ada.submit(steps + "/code", Map.of("user-name", "acme"));
        assertThat(form.select("[role=status]").text()).isEqualTo("The code is on its way.");

        // When
        Document page = ada.submit(
                steps + "/existing",
                Map.of("user-name", "acme", "code", console.mail.lastCode(), "agreement", UpgradePages.AGREEMENT));

        // Then
        assertThat(page.select("main").text()).contains("acme pays for it from the next full hour on");
        assertThat(plan()).isEqualTo(Plan.COMMERCIAL);
        assertThat(console.mail.received().get(0)).startsWith("acme@example.com:");
    }

    @Test
    void aNewAccountIsRegisteredAndPays() {
        Document page = console.browserOf("ada@example.com").submit(steps + "/new", newAccount());

        assertThat(page.select("main").text()).contains("globex pays for it");
        assertThat(console.payers
                        .signIn("globex", TestConsole.PASSWORD)
                        .currency()
                        .name())
                .isEqualTo("USD");
    }

    @Test
    void withoutTheAgreementThatIsShownNothingIsDone() {
        Map<String, String> form = newAccount();
        form.put("agreement", "weir-terms-1999-01");

        HttpResponse<String> answer = console.browserOf("ada@example.com").post(steps + "/new", form);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("Accept the agreement first.", "value=\"globex\"");
        assertThat(plan()).isEqualTo(Plan.FREE);
        assertThat(console.payers.isFree("globex")).isTrue();
    }

    @Test
    void aWorkspaceIsNoPageForWhoeverIsNothingToIt() {
        TestBrowser eve = console.browserOf("eve@example.com");

        assertThat(eve.get(steps).statusCode()).isEqualTo(404);
        assertThat(eve.post(steps + "/new", newAccount()).statusCode()).isEqualTo(404);
        assertThat(plan()).isEqualTo(Plan.FREE);
    }

    @Test
    void aUserNameIsCheckedWhileItIsTyped() {
        TestBrowser ada = console.browserOf("ada@example.com");
        assertThat(ada.open(steps + "/new").select("input[name=user-name]").attr("data-free"))
                .isEqualTo("/fee-center/user-names");

        assertThat(ada.get("/fee-center/user-names?user-name=globex").statusCode())
                .isEqualTo(200);
        HttpResponse<String> taken = ada.get("/fee-center/user-names?user-name=ACME");
        assertThat(taken.statusCode()).isEqualTo(409);
        assertThat(taken.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(taken.body()).startsWith("This user name is taken.");
        assertThat(ada.get("/fee-center/user-names?user-name=x").statusCode()).isEqualTo(422);
    }
}
