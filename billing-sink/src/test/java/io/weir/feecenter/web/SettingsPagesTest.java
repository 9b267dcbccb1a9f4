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
                .containsExactly("ada@example.com Ada Owner", "eve@example.com Eve Administrator Make member Remove");
    }

    @Test
    void nobodyIsLetInAsASecondOwner() {
        Document refused = ada.submit(page + "/members", Map.of("email", "eve@example.com", "role", "OWNER"));

        assertThat(refused.select("[role=alert]").text()).isEqualTo("Your role does not allow this.");
        assertThat(console.workspaces.role(console.shop, console.eve)).isEmpty();
    }

    private Document give(TestBrowser browser, String member, Role role) {
        return browser.submit(page + "/members/role", Map.of("member", member, "role", role.name()));
    }

    private Document remove(TestBrowser browser, String member) {
        return browser.submit(page + "/members/remove", Map.of("member", member));
    }

    private static String refusal(Document answer) {
        return answer.select("[role=alert]").text();
    }

    @Test
    void theOwnerMakesAMemberAnAdministratorAndBack() {
        console.workspaces.addMember(console.shop, console.ada, "eve@example.com", Role.MEMBER);
        assertThat(ada.open(page).select("form[action$=/members/role] button").eachAttr("aria-label"))
                .containsExactly("Make administrator: eve@example.com");

        Document after = give(ada, console.eve, Role.ADMINISTRATOR);

        assertThat(after.select("[role=status]").text()).isEqualTo("The person has another role now.");
        assertThat(after.select("form[action$=/members/role] button").text()).isEqualTo("Make member");
        give(ada, console.eve, Role.MEMBER);
        assertThat(console.workspaces.role(console.shop, console.eve)).contains(Role.MEMBER);
    }

    @Test
    void theOwnerRemovesAMemberWhoThenFindsNoWorkspace() {
        console.letInAdministrator("eve@example.com");
        TestBrowser eve = console.browserOf("eve@example.com");

        Document after = remove(ada, console.eve);

        assertThat(after.select("[role=status]").text()).isEqualTo("The person is in the workspace no more.");
        assertThat(eve.get("/workspaces/" + console.shop).statusCode()).isEqualTo(404);
    }

    @Test
    void theOwnerStaysTheOwner() {
        console.workspaces.addMember(console.shop, console.ada, "eve@example.com", Role.MEMBER);

        assertThat(refusal(give(ada, console.ada, Role.MEMBER))).isEqualTo("Your role does not allow this.");
        assertThat(refusal(remove(ada, console.ada))).isEqualTo("Your role does not allow this.");
        assertThat(refusal(give(ada, console.eve, Role.OWNER))).isEqualTo("Your role does not allow this.");
        assertThat(console.workspaces.role(console.shop, console.ada)).contains(Role.OWNER);
        assertThat(console.workspaces.role(console.shop, console.eve)).contains(Role.MEMBER);
    }

    @Test
    void anAdministratorChangesNoMember() {
        console.people.register("cn1", "bob@example.com", null, "Bob", TestConsole.PASSWORD);
        console.workspaces.addMember(console.shop, console.ada, "bob@example.com", Role.MEMBER);
        console.letInAdministrator("eve@example.com");
        TestBrowser eve = console.browserOf("eve@example.com");
        String bob =
                console.people.byEmail("cn1", "bob@example.com").orElseThrow().consoleAccountId();

        assertThat(eve.open(page).select("form[action*=/members/]")).isEmpty();
        assertThat(refusal(give(eve, bob, Role.ADMINISTRATOR))).isEqualTo("Your role does not allow this.");
        assertThat(refusal(remove(eve, bob))).isEqualTo("Your role does not allow this.");
        assertThat(console.workspaces.role(console.shop, bob)).contains(Role.MEMBER);
    }

    @Test
    void theMembersOfSomebodyElsesWorkspaceAreNotFound() {
        TestBrowser eve = console.browserOf("eve@example.com");
        Map<String, String> form = Map.of("member", console.ada, "role", "MEMBER");

        assertThat(eve.post(page + "/members/role", form).statusCode()).isEqualTo(404);
        assertThat(eve.post(page + "/members/remove", form).statusCode()).isEqualTo(404);
        assertThat(refusal(remove(ada, console.eve))).isEqualTo("There is no such thing, or it is nothing to you.");
        assertThat(console.workspaces.role(console.shop, console.ada)).contains(Role.OWNER);
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
        console.letInAdministrator("eve@example.com");
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
