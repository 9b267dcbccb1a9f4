package io.weir.feecenter.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.feecenter.settlement.CloudAccount;
import io.weir.feecenter.settlement.CloudAccounts;
import io.weir.feecenter.settlement.MarketplaceLinks;
import io.weir.feecenter.settlement.SettlementMethod;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Registration by a link from a cloud's marketplace (fee-center-rules.md §4). */
class MarketplacePagesTest {

    private TestConsole console;
    private TestBrowser operator;
    private TestBrowser visitor;

    @BeforeEach
    void start() throws IOException {
        console = new TestConsole();
        operator = console.browserOfOperator();
        visitor = console.browser();
    }

    @AfterEach
    void close() {
        console.close();
    }

    private static Map<String, String> asked(String cloud, String customer, String site) {
        return Map.of("cloud", cloud, "customer", customer, "site", site);
    }

    /** The path of a new link for a customer of AWS. */
    private String link() {
        Document page = operator.submit("/operator/marketplace", asked("AWS", "customer-7", "us1"));
        return URI.create(page.select("[role=status] code").text()).getPath();
    }

    private Map<String, String> filled() {
        Map<String, String> form = new HashMap<>(Map.of(
                "email", "grace@example.com",
                "code", console.mail.lastCode(),
                "user-name", "grace",
                "currency", "USD",
                "phone", "",
                "workspace", "Lab",
                "agreement", UpgradePages.AGREEMENT));
        form.put("password", TestConsole.PASSWORD.value());
        return form;
    }

    private Document register(String link) {
        visitor.submit(link, Map.of("email", "grace@example.com"));
        return visitor.submit(link + "/account", filled());
    }

    private long registered() {
        return console.database.number("SELECT count(*) FROM cloud_account");
    }

    @Test
    void whoComesFromAMarketplaceHasAWorkspaceForWhichThatCloudAccountPaysAndNothingElseMay() {
        // Given
        String link = link();
        Document invitation = visitor.open(link);
        assertThat(invitation.select("h1").text()).isEqualTo("Register from AWS");
        assertThat(invitation.select("dd").eachText()).contains("AWS customer-7", "us1");

        // When
        Document form = visitor.submit(link, Map.of("email", "grace@example.com"));
        assertThat(form.select("input[name=email]").val()).isEqualTo("grace@example.com");
        assertThat(form.select("[name=site]")).as("the link says where").isEmpty();
        Document workspace = visitor.submit(link + "/account", filled());

        // Then
        assertThat(workspace.select("h1").text()).isEqualTo("Lab: Plan and bills");
        assertThat(workspace.select("[role=status]").text()).contains("your cloud account pays for it");
        assertThat(workspace.select("dd").eachText()).contains("Commercial", "Owner", "AWS");
        String account = console.payers.signIn("grace", TestConsole.PASSWORD).accountId();
        assertThat(new CloudAccounts(console.database.jdbi(), console.clock).registered(account))
                .extracting(CloudAccount::method, CloudAccount::customerIdentifier)
                .containsExactly(tuple(SettlementMethod.AWS, "customer-7"));
        String settlement = URI.create(workspace.location()).getPath() + "/settlement";
        assertThat(visitor.open(settlement).select("input[name=settle-by]").eachAttr("value"))
                .hasSize(2)
                .contains("AWS");
        assertThat(visitor.submit(settlement, Map.of("settle-by", "FEE_CENTER"))
                        .select("[role=alert]")
                        .text())
                .startsWith("The workspace was opened from a marketplace");
    }

    @Test
    void aLinkIsUsedOnce() {
        String link = link();
        register(link);

        HttpResponse<String> again = console.browser().get(link);

        assertThat(again.statusCode()).isEqualTo(410);
        assertThat(again.body()).contains("This link opens nothing");
        assertThat(console.browser().post(link + "/account", filled()).statusCode())
                .isEqualTo(410);
        assertThat(registered()).isEqualTo(1);
        assertThat(operator.open("/operator/marketplace").select("tbody tr").text())
                .contains("AWS customer-7 us1", "wksp_");
    }

    @Test
    void aLinkThatHasExpiredOrWasNeverMadeOpensNothing() {
        String link = link();
        console.clock.pass(MarketplaceLinks.VALID);

        assertThat(visitor.get(link).statusCode()).isEqualTo(410);
        assertThat(visitor.post(link, Map.of("email", "grace@example.com")).statusCode())
                .isEqualTo(410);
        assertThat(visitor.get("/register/marketplace/mkt_" + "0".repeat(32)).statusCode())
                .isEqualTo(410);
        assertThat(console.browserOfOperator()
                        .open("/operator/marketplace")
                        .select("tbody tr")
                        .text())
                .contains("expired");
        assertThat(registered()).isZero();
    }

    @Test
    void aWrongCodeRegistersNobodyAndTheLinkStaysOpen() {
        String link = link();
        visitor.submit(link, Map.of("email", "grace@example.com"));
        Map<String, String> form = filled();
        form.put("code", "wrong");

        HttpResponse<String> answer = visitor.post(link + "/account", form);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("The code is wrong", "value=\"Lab\"");
        assertThat(registered()).isZero();
        assertThat(visitor.get(link).statusCode()).isEqualTo(200);
    }

    @Test
    void aCloudAccountThatPaysAlreadyRegistersNobody() {
        new CloudAccounts(console.database.jdbi(), console.clock)
                .register(console.acme.accountId(), "CNY", SettlementMethod.AWS, "customer-7");
        String link = link();

        assertThat(register(link).select("[role=alert]").text())
                .startsWith("This cloud account is registered already.");

        assertThat(console.payers.isFree("grace")).isTrue();
        assertThat(visitor.get(link).statusCode()).isEqualTo(200);
    }

    @Test
    void theLinkStandsInTheDatabaseAsItsHashOnly() {
        String token = link().replace("/register/marketplace/", "");

        assertThat(token).matches("mkt_[0-9a-f]{32}");
        assertThat(console.database.number(
                        "SELECT count(*) FROM marketplace_link WHERE marketplace_link::text LIKE '%" + token + "%'"))
                .isZero();
        assertThat(operator.get("/operator/marketplace").body()).doesNotContain(token);
    }

    @ParameterizedTest
    @CsvSource({
        "FEE_CENTER, customer-7, us1",
        "AWS, customer 7, us1",
        "AWS, customer-7, mars1",
        "ORACLE, customer-7, us1"
    })
    void aLinkIsMadeForACloudAnIdAndASiteThatThereAre(String cloud, String customer, String site) {
        assertThat(operator.submit("/operator/marketplace", asked(cloud, customer, site))
                        .select("[role=alert]"))
                .hasSize(1);
        assertThat(console.database.number("SELECT count(*) FROM marketplace_link"))
                .isZero();
    }

    @Test
    void onlyTheOperatorMakesLinks() {
        TestBrowser payer = console.browserOfPayer("acme");

        assertThat(payer.get("/operator/marketplace").uri().getPath()).isEqualTo("/operator/sign-in");
        assertThat(payer.post("/operator/marketplace", asked("AWS", "customer-7", "us1"))
                        .uri()
                        .getPath())
                .isEqualTo("/operator/sign-in");
        assertThat(console.database.number("SELECT count(*) FROM marketplace_link"))
                .isZero();
    }

    @Test
    void nobodyRegistersByAFormFromElsewhere() {
        String link = link();

        assertThat(visitor.post(link + "/account", Map.of(), "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(registered()).isZero();
    }
}
