package io.weir.feecenter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.feecenter.account.ApiScope;
import io.weir.feecenter.account.ApiToken;
import io.weir.feecenter.account.ApiTokens;
import io.weir.wire.Secret;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenPagesTest {

    private static final Map<String, String> FORM = Map.of("name", "monthly report", "scope", "bills:read");

    private TestConsole console;
    private ApiTokens tokens;

    @BeforeEach
    void start() throws IOException {
        console = new TestConsole();
        tokens = new ApiTokens(console.database.sink(), console.clock);
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void aNewTokenIsShownOnce() {
        TestBrowser payer = console.browserOfPayer("acme");

        String made = payer.submit("/fee-center/tokens", FORM)
                .select("[role=status] code")
                .text();

        assertThat(tokens.find(new Secret(made)).map(ApiToken::scopes)).contains(Set.of(ApiScope.BILLS_READ));
        Document later = payer.open("/fee-center/tokens");
        assertThat(later.select("tbody th").eachText()).containsExactly("monthly report");
        assertThat(later.html()).doesNotContain("weir_");
    }

    @Test
    void aTokenWithoutAScopeIsRefusedInWords() {
        HttpResponse<String> answer =
                console.browserOfPayer("acme").post("/fee-center/tokens", Map.of("name", "monthly report"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("Choose at least one thing", "value=\"monthly report\"");
    }

    @Test
    void aTokenIsRevokedOnThePage() {
        Secret token = tokens.make(console.acme.accountId(), "monthly report", Set.of(ApiScope.BILLS_READ));
        TestBrowser payer = console.browserOfPayer("acme");
        String revoke = payer.open("/fee-center/tokens").select("td form").attr("action");

        assertThat(payer.submit(revoke, Map.of()).select("[role=status]").text())
                .isEqualTo("The token is revoked and opens nothing any more.");
        assertThat(tokens.find(token)).isEmpty();
    }

    @Test
    void tokensOfOthersAreNotThere() {
        assertThat(console.browserOf("ada@example.com")
                        .get("/fee-center/tokens")
                        .uri()
                        .getPath())
                .isEqualTo("/fee-center/sign-in");
        for (String token : new String[] {"1", "none", "99999999999999999999"}) {
            assertThat(console.browserOfPayer("acme")
                            .post("/fee-center/tokens/" + token + "/revoke", Map.of())
                            .statusCode())
                    .as(token)
                    .isIn(404, 422);
        }
    }

    @Test
    void thePageSpeaksChineseToo() {
        TestBrowser payer = console.browserOfPayer("acme");
        payer.get("/fee-center/tokens?lang=zh");

        assertThat(payer.open("/fee-center/tokens").select("h1").text()).isEqualTo("API 令牌");
    }
}
