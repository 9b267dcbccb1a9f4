package io.weir.feecenter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.feecenter.account.Role;
import io.weir.feecenter.account.WriteTokens;
import io.weir.wire.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SettingsPagesTest {

    private TestConsole console;
    private TestBrowser ada;
    private String page;

    @BeforeEach
    void start() throws IOException {
        console = new TestConsole();
        ada = console.browserOf("ada@example.com");
        page = "/workspaces/%s/settings".formatted(console.shop);
    }

    @AfterEach
    void close() {
        console.close();
    }

    private Secret newToken(String end) {
        return new Secret(ada.submit(page + "/token", Map.of("end", end))
                .select("main p code")
                .text());
    }

    @Test
    void aPersonOfTheSiteIsLetInWithARole() {
        Document after = ada.submit(page + "/members", Map.of("email", "eve@example.com", "role", "ADMINISTRATOR"));

        assertThat(after.select("[role=status]").text()).isEqualTo("The person is in the workspace.");
        assertThat(after.select("table:has(caption:contains(Who is in)) tbody tr")
                        .eachText())
                .containsExactly("ada@example.com Ada Owner", "eve@example.com Eve Administrator");
    }

    @Test
    void nobodyIsLetInAsASecondOwner() {
        Document refused = ada.submit(page + "/members", Map.of("email", "eve@example.com", "role", "OWNER"));

        assertThat(refused.select("[role=alert]").text()).isEqualTo("Your role does not allow this.");
        assertThat(console.workspaces.role(console.shop, console.eve)).isEmpty();
    }

    @Test
    void theOwnerHandsTheWorkspaceOverAndStaysAsAnAdministrator() {
        console.workspaces.addMember(console.shop, console.ada, "eve@example.com", Role.MEMBER);
        assertThat(ada.open(page).select("select[name=member] option").eachText())
                .containsExactly("eve@example.com");

        Document after = ada.submit(page + "/owner", Map.of("member", console.eve));

        assertThat(after.select("[role=status]").text()).startsWith("The workspace has another owner.");
        assertThat(after.select("select[name=member]")).isEmpty();
        assertThat(console.workspaces.role(console.shop, console.eve)).contains(Role.OWNER);
        assertThat(ada.submit(page + "/owner", Map.of("member", console.ada))
                        .select("[role=alert]")
                        .text())
                .isEqualTo("Your role does not allow this.");
    }

    @Test
    void aWriteTokenIsShownOnceAndWorks() {
        Secret token = newToken("AT_ONCE");

        assertThat(token.value()).startsWith("tkn_");
        assertThat(new WriteTokens(console.database.sink(), console.clock).workspace(token))
                .contains(console.shop);
        assertThat(ada.get(page).body()).doesNotContain(token.value()).contains("works until there is a new one");
    }

    @Test
    void theTokenBeforeWorksOnForAsLongAsIsChosen() {
        // Given
        WriteTokens tokens = new WriteTokens(console.database.sink(), console.clock);
        Secret before = newToken("AT_ONCE");

        // When
        newToken("AFTER_6_HOURS");

        // Then
        assertThat(ada.open(page)
                        .select("table:has(caption:contains(Tokens)) tbody tr")
                        .eachText())
                .hasSize(2)
                .last()
                .asString()
                .endsWith("2026-03-10 15:20 UTC");
        assertThat(tokens.workspace(before)).isPresent();
        console.clock.pass(Duration.ofHours(6));
        assertThat(tokens.workspace(before)).isEmpty();
    }

    @Test
    void anEndThatIsNotOfferedIsRefused() {
        assertThat(ada.submit(page + "/token", Map.of("end", "NEVER"))
                        .select("[role=alert]")
                        .text())
                .isEqualTo("Choose one of those that are offered.");
    }

    @Test
    void theOwnerOfACommercialWorkspaceSetsForHowLongDataIsKept() {
        assertThat(ada.open(page).select("form[action$=/retention]")).isEmpty();
        console.upgradeShop();
        assertThat(ada.open(page).select("select[name=keep] option").eachText())
                .containsExactly("Logs: 14 days", "Logs: 60 days");

        Document after = ada.submit(page + "/retention", Map.of("keep", "logs 60", "resource", "audit"));

        assertThat(after.select("table:has(caption:contains(ever set)) tbody tr")
                        .eachText())
                .containsExactly("Logs audit 60 2026-03-10 09:20 UTC");
    }

    @Test
    void daysWithoutAPriceAreRefusedAndWhatWasTypedIsKept() {
        console.upgradeShop();

        Document refused = ada.submit(page + "/retention", Map.of("keep", "logs 61", "resource", "audit"));

        assertThat(refused.select("[role=alert]").text()).startsWith("This cannot be kept for so long");
        assertThat(refused.select("input[name=resource]").val()).isEqualTo("audit");
        assertThat(ada.submit(page + "/retention", Map.of("keep", "logs", "resource", ""))
                        .select("[role=alert]")
                        .text())
                .startsWith("This cannot be kept for so long");
    }

    @Test
    void anAdministratorSeesTheSettingsAndMayNotChangeHowLongDataIsKept() {
        console.upgradeShop();
        console.workspaces.addMember(console.shop, console.ada, "eve@example.com", Role.ADMINISTRATOR);
        TestBrowser eve = console.browserOf("eve@example.com");

        assertThat(eve.open(page).select("form[action$=/retention]")).isEmpty();
        assertThat(eve.submit(page + "/retention", Map.of("keep", "logs 60", "resource", ""))
                        .select("[role=alert]")
                        .text())
                .isEqualTo("Your role does not allow this.");
    }

    @Test
    void aMemberFindsNoSettings() {
        console.workspaces.addMember(console.shop, console.ada, "eve@example.com", Role.MEMBER);
        TestBrowser eve = console.browserOf("eve@example.com");

        assertThat(eve.get(page).statusCode()).isEqualTo(404);
        assertThat(eve.post(page + "/token", Map.of("end", "AT_ONCE")).statusCode())
                .isEqualTo(404);
    }
}
