package io.weir.feecenter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.feecenter.account.Role;
import java.io.IOException;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A member of a commercial workspace is to become an administrator (fee-center-rules.md §2). */
class RequestPagesTest {

    private static final String REQUESTS = "/fee-center/requests";

    private TestConsole console;
    private TestBrowser ada;
    private TestBrowser acme;
    private String settings;

    @BeforeEach
    void start() throws IOException {
        console = new TestConsole();
        console.upgradeShop();
        console.workspaces.addMember(console.shop, console.ada, "eve@example.com", Role.MEMBER);
        ada = console.browserOf("ada@example.com");
        acme = console.browserOfPayer("acme");
        settings = "/workspaces/%s/settings".formatted(console.shop);
    }

    @AfterEach
    void close() {
        console.close();
    }

    private Document ask() {
        return ada.submit(settings + "/members/role", Map.of("member", console.eve, "role", "ADMINISTRATOR"));
    }

    private String answer(String how) {
        return acme.open(REQUESTS).select("form[action$=" + how + "]").attr("action");
    }

    private static String eveIn(Document page) {
        return page.select("table:has(caption:contains(Who is in)) tbody tr")
                .get(1)
                .text();
    }

    @Test
    void theOwnerAsksAndTheFeeCenterAccepts() {
        // Given
        Document asked = ask();
        assertThat(asked.select("[role=status]").text())
                .isEqualTo("The fee center is asked. Until it agrees, the person is a member.");
        assertThat(eveIn(asked))
                .isEqualTo("eve@example.com Eve Member · to become an administrator, asked on 2026-03-10 09:20 UTC"
                        + " Withdraw the request Remove");
        assertThat(acme.open("/fee-center").select(".said a").text())
                .isEqualTo("Requests that wait for the answer of this account: 1");
        assertThat(acme.open(REQUESTS).select("tbody tr").text())
                .isEqualTo(
                        "eve@example.com Shop " + console.shop + " ada@example.com 2026-03-10 09:20 UTC Accept Refuse");

        // When
        Document after = acme.submit(answer("accept"), Map.of());

        // Then
        assertThat(after.select("[role=status]").text()).startsWith("The member is an administrator now.");
        assertThat(after.select("main").text()).contains("Nothing waits for an answer.");
        assertThat(eveIn(ada.open(settings))).isEqualTo("eve@example.com Eve Administrator Make member Remove");
    }

    @Test
    void theFeeCenterRefusesAndAnAnswerIsGivenOnce() {
        ask();
        String accept = answer("accept");
        String refuse = answer("refuse");

        assertThat(acme.submit(refuse, Map.of()).select("[role=status]").text())
                .startsWith("The member stays a member.");

        assertThat(acme.submit(accept, Map.of()).select("[role=alert]").text())
                .isEqualTo("There is no such thing, or it is nothing to you.");
        assertThat(console.workspaces.role(console.shop, console.eve)).contains(Role.MEMBER);
    }

    @Test
    void theOwnerWithdrawsTheRequest() {
        ask();

        Document after = ada.submit(settings + "/members/withdraw", Map.of("member", console.eve));

        assertThat(after.select("[role=status]").text()).startsWith("The request is withdrawn.");
        assertThat(eveIn(after)).isEqualTo("eve@example.com Eve Member Make administrator Remove");
        assertThat(acme.open(REQUESTS).select("tbody")).isEmpty();
    }

    @Test
    void theOwnerEntersTheFeeCenterToAnswer() {
        Document entered = ada.submit(ask().select("form[action$=/fee-center]").attr("action"), Map.of());

        assertThat(entered.select(".said a").attr("href")).isEqualTo(REQUESTS);
        assertThat(ada.open(REQUESTS).select("tbody tr")).hasSize(1);
    }

    @Test
    void whoIsLetInAsAnAdministratorIsAskedForToo() {
        console.people.register("cn1", "bob@example.com", null, "Bob", TestConsole.PASSWORD);

        Document after = ada.submit(settings + "/members", Map.of("email", "bob@example.com", "role", "ADMINISTRATOR"));

        assertThat(after.select("[role=status]").text()).startsWith("The fee center is asked.");
        assertThat(acme.open(REQUESTS).select("tbody th").text()).isEqualTo("bob@example.com");
    }

    @Test
    void nobodyElseAnswers() {
        ask();
        String accept = answer("accept");
        console.payers.register("other", console.acme.currency(), "other@example.com", null, TestConsole.PASSWORD);
        TestBrowser other = console.browserOfPayer("other");

        assertThat(other.open(REQUESTS).select("tbody")).isEmpty();
        assertThat(other.post(accept, Map.of()).statusCode()).isEqualTo(422);
        assertThat(console.browserOf("eve@example.com")
                        .post(accept, Map.of())
                        .uri()
                        .getPath())
                .isEqualTo("/fee-center/sign-in");
        assertThat(acme.post(accept, Map.of(), "Sec-Fetch-Site", "cross-site").statusCode())
                .isEqualTo(403);
        assertThat(console.workspaces.role(console.shop, console.eve)).contains(Role.MEMBER);
    }
}
