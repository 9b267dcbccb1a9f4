package io.weir.feecenter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.feecenter.ledger.Decision;
import io.weir.feecenter.settlement.ArbitraryChoices;
import io.weir.feecenter.settlement.CloudAccount;
import io.weir.feecenter.settlement.CloudAccounts;
import io.weir.feecenter.settlement.CloudDecisions;
import io.weir.feecenter.settlement.SettlementMethod;
import io.weir.feecenter.settlement.SettlementMethods;
import java.io.IOException;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SettlementPagesTest {

    private TestConsole console;
    private CloudAccounts clouds;
    private SettlementMethods methods;
    private TestBrowser ada;
    private String page;

    @BeforeEach
    void start() throws IOException {
        console = new TestConsole();
        console.upgradeShop();
        clouds = new CloudAccounts(console.database.jdbi(), console.clock);
        methods = new SettlementMethods(console.database.jdbi(), console.clock);
        ada = console.browserOf("ada@example.com");
        page = "/workspaces/%s/settlement".formatted(console.shop);
    }

    @AfterEach
    void close() {
        console.close();
    }

    private CloudAccount registered() {
        return clouds.register(console.acme.accountId(), "CNY", SettlementMethod.AWS, "customer-7");
    }

    private static Map<String, String> newAccount(SettlementMethod cloud, String customer) {
        return Map.of("settle-by", cloud.name(), "customer", customer);
    }

    private String refusal(Map<String, String> form) {
        return ada.submit(page, form).select("[role=alert]").text();
    }

    @Test
    void theCloudOfTheSiteAndTheFeeCenterAreOffered() {
        assertThat(ada.open(page).select("input[name=settle-by]").eachAttr("value"))
                .containsExactly("ALIYUN", "FEE_CENTER");
    }

    @Test
    void registeredCloudAccountsComeFirstAndAreRecommended() {
        CloudAccount account = registered();

        Document offered = ada.open(page);

        assertThat(offered.select("input[name=settle-by]").eachAttr("value"))
                .containsExactly(Long.toString(account.id()), "ALIYUN", "FEE_CENTER");
        assertThat(offered.select("label:has(mark)").text()).isEqualTo("AWS customer-7 recommended");
    }

    @Test
    void whoMayChooseArbitrarilyIsOfferedTheCloudsOfAllSites() {
        ArbitraryChoices choices = new ArbitraryChoices(console.database.jdbi(), console.clock);
        choices.give(console.ada);
        assertThat(ada.open(page).select("input[name=settle-by]").eachAttr("value"))
                .containsExactly("ALIYUN", "AWS", "FEE_CENTER");

        choices.take(console.ada);
        assertThat(ada.open(page).select("input[name=settle-by]").eachAttr("value"))
                .containsExactly("ALIYUN", "FEE_CENTER");
    }

    @Test
    void aNewCloudAccountIsRegisteredAndSettlesFromThenOn() {
        Document after = ada.submit(page, newAccount(SettlementMethod.ALIYUN, "100200300"));

        assertThat(after.select("[role=status]").text()).startsWith("The settlement is changed.");
        assertThat(after.select("main").text()).contains("The next lines are settled by: Alibaba Cloud.");
        assertThat(clouds.registered(console.acme.accountId()))
                .extracting(CloudAccount::customerIdentifier)
                .containsExactly("100200300");
    }

    @Test
    void aWorkspaceStaysOnItsCloudAccount() {
        ada.submit(page, Map.of("settle-by", Long.toString(registered().id())));

        assertThat(refusal(Map.of("settle-by", "FEE_CENTER"))).startsWith("The workspace is on a cloud account.");
        assertThat(methods.now(console.shop)).isEqualTo(SettlementMethod.AWS);
    }

    @Test
    void aSwitchThatIsRefusedRegistersNoCloudAccount() {
        ada.submit(page, Map.of("settle-by", "FEE_CENTER"));

        assertThat(refusal(newAccount(SettlementMethod.ALIYUN, "100200300")))
                .isEqualTo("This workspace has changed its settlement in this month already.");
        assertThat(clouds.registered(console.acme.accountId())).isEmpty();
    }

    @Test
    void aCloudThatIsNotOfferedIsRefusedWhateverIsSent() {
        assertThat(refusal(newAccount(SettlementMethod.AWS, "1")))
                .isEqualTo("This cloud is not offered for the workspace.");
        assertThat(refusal(newAccount(SettlementMethod.ALIYUN, ""))).startsWith("The id of a cloud account has");
        assertThat(refusal(Map.of("settle-by", "12345"))).startsWith("This cloud account has ended");
        assertThat(refusal(Map.of("settle-by", "CREDIT"))).isEqualTo("Choose one of those that are offered.");
        assertThat(methods.now(console.shop)).isEqualTo(SettlementMethod.FEE_CENTER);
    }

    @Test
    void aCloudAccountIsRegisteredOnce() {
        clouds.register(console.acme.accountId(), "CNY", SettlementMethod.ALIYUN, "100200300");

        assertThat(refusal(newAccount(SettlementMethod.ALIYUN, "100200300")))
                .isEqualTo("This cloud account is registered already.");
        assertThat(methods.now(console.shop)).isEqualTo(SettlementMethod.FEE_CENTER);
    }

    @Test
    void whoHasACloudAccountAndMayChooseArbitrarilyIsOfferedBoth() {
        CloudAccount account = registered();
        new ArbitraryChoices(console.database.jdbi(), console.clock).give(console.ada);

        assertThat(ada.open(page).select("input[name=settle-by]").eachAttr("value"))
                .containsExactly(Long.toString(account.id()), "ALIYUN", "AWS", "FEE_CENTER");
    }

    @Test
    void aWorkspaceOfAMarketplaceIsOfferedThatCloudOnlyAndTakesNothingElse() {
        // Given
        CloudAccount account = registered();
        methods.openFromMarketplace(console.shop, account);
        new CloudDecisions(console.database.jdbi(), console.clock)
                .release(account, console.shop, new Decision("operator", "asked for"));

        // When / Then
        assertThat(ada.open(page).select("input[name=settle-by]").eachAttr("value"))
                .containsExactly(Long.toString(account.id()), "AWS");
        assertThat(refusal(Map.of("settle-by", "FEE_CENTER")))
                .startsWith("The workspace was opened from a marketplace");
        assertThat(refusal(newAccount(SettlementMethod.ALIYUN, "1")))
                .isEqualTo("This cloud is not offered for the workspace.");
        assertThat(ada.submit(page, newAccount(SettlementMethod.AWS, "customer-8"))
                        .select("main")
                        .text())
                .contains("The next lines are settled by: AWS.", "opened from the marketplace of AWS");
    }

    @Test
    void onlyTheOwnerSeesItOrChangesIt() {
        console.letInAdministrator("eve@example.com");
        TestBrowser eve = console.browserOf("eve@example.com");

        assertThat(eve.get(page).statusCode()).isEqualTo(404);
        assertThat(eve.post(page, newAccount(SettlementMethod.ALIYUN, "1")).statusCode())
                .isEqualTo(404);
        assertThat(methods.now(console.shop)).isEqualTo(SettlementMethod.FEE_CENTER);
    }
}
