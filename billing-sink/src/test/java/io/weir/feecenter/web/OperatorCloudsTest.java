package io.weir.feecenter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.feecenter.settlement.CloudAccount;
import io.weir.feecenter.settlement.CloudAccounts;
import io.weir.feecenter.settlement.SettlementMethod;
import io.weir.feecenter.settlement.SettlementMethods;
import io.weir.feecenter.settlement.WorkspaceLocks;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operator releases a workspace from its cloud account, or ends the cloud account (fee-center-rules.md §4). */
class OperatorCloudsTest {

    private TestConsole console;
    private CloudAccounts clouds;
    private SettlementMethods methods;
    private WorkspaceLocks locks;
    private TestBrowser operator;

    @BeforeEach
    void start() throws IOException {
        console = new TestConsole();
        console.upgradeShop();
        clouds = new CloudAccounts(console.database.jdbi(), console.clock);
        methods = new SettlementMethods(console.database.jdbi(), console.clock);
        locks = new WorkspaceLocks(console.database.jdbi(), console.clock);
        operator = console.browserOfOperator();
    }

    @AfterEach
    void close() {
        console.close();
    }

    /** The shop is settled by a new account of this cloud. */
    private CloudAccount paying(SettlementMethod cloud) {
        CloudAccount account = clouds.register(console.acme.accountId(), "CNY", cloud, "customer-7");
        assertThat(methods.choose(console.shop, console.acme.accountId(), ZoneId.of("Asia/Shanghai"), account.id()))
                .isEmpty();
        return account;
    }

    private static String page(CloudAccount cloud) {
        return "/operator/clouds/" + cloud.id();
    }

    private Document unsubscribe(CloudAccount cloud, String why) {
        return operator.submit(page(cloud) + "/unsubscribe", Map.of("why", why));
    }

    private Document release(CloudAccount cloud, String why) {
        return operator.submit(page(cloud) + "/release", Map.of("workspace", console.shop, "why", why));
    }

    @ParameterizedTest
    @CsvSource({
        "ALIYUN, These workspaces stay open., false",
        "AWS, These workspaces are locked in 14 days, true",
        "HUAWEI, These workspaces are locked in 14 days, true",
        "AZURE, These workspaces are locked in 14 days, true"
    })
    void theQuestionSaysWhatUnsubscribingDoesByCloudAndThatIsWhatItDoes(
            SettlementMethod cloud, String follows, boolean locked) {
        // Given
        CloudAccount account = paying(cloud);
        Document question = operator.open(page(account) + "/unsubscribe");
        assertThat(question.select("main li").text()).contains(follows, "Shop " + console.shop, "acme");
        assertThat(methods.now(console.shop)).as("only asked").isEqualTo(cloud);

        // When
        Document after = unsubscribe(account, "cancelled in its cloud");

        // Then
        assertThat(after.select("[role=status]").text()).isEqualTo("The cloud account has ended.");
        assertThat(methods.now(console.shop)).isEqualTo(SettlementMethod.FEE_CENTER);
        assertThat(locks.lockedFrom(console.shop).isPresent()).isEqualTo(locked);
        assertThat(clouds.registered(console.acme.accountId())).isEmpty();
        assertThat(after.select("tbody tr").eachText())
                .containsExactly("2026-03-10 09:20 UTC Unsubscribed%s %s cancelled in its cloud operator"
                        .formatted(locked ? ", with a lock for its workspaces" : "", console.shop));
        assertThat(console.database.number("SELECT count(*) FROM mail_outbox WHERE subject LIKE '%Shop%云账号%'"))
                .isEqualTo(1);
    }

    @Test
    void aReleasedWorkspaceStaysOpenAndTheCloudAccountLivesOn() {
        // Given
        CloudAccount account = paying(SettlementMethod.AWS);
        Document question = operator.open(page(account) + "/release?workspace=" + console.shop);
        assertThat(question.select("main li").text())
                .contains("Shop stays open. Fee-center account acme pays", "AWS customer-7 stays registered.");
        assertThat(methods.now(console.shop)).as("only asked").isEqualTo(SettlementMethod.AWS);

        // When
        Document after = release(account, "the customer asked for it");

        // Then
        assertThat(after.select("[role=status]").text()).isEqualTo("The workspace is released.");
        assertThat(after.select("tbody tr").eachText())
                .containsExactly("2026-03-10 09:20 UTC Workspace released %s the customer asked for it operator"
                        .formatted(console.shop));
        assertThat(after.select("main").text()).contains("It pays for no workspace now.");
        assertThat(methods.now(console.shop)).isEqualTo(SettlementMethod.FEE_CENTER);
        assertThat(locks.lockedFrom(console.shop)).isEmpty();
        assertThat(clouds.registered(console.acme.accountId())).hasSize(1);
    }

    @Test
    void aLockedWorkspaceIsUnlockedByAPerson() {
        CloudAccount account = paying(SettlementMethod.HUAWEI);
        Document after = unsubscribe(account, "frozen");
        assertThat(after.select("main li").text()).contains("Shop", "locked from 2026-03-24 09:20 UTC on");
        assertThat(after.select("a[href*=unlock]")).hasSize(1);
        assertThat(operator.open(page(account) + "/unlock?workspace=" + console.shop)
                        .select("main li")
                        .text())
                .contains("Shop stays open, or is open again.");

        Document unlocked =
                operator.submit(page(account) + "/unlock", Map.of("workspace", console.shop, "why", "paid"));

        assertThat(unlocked.select("[role=status]").text()).isEqualTo("The workspace is open.");
        assertThat(locks.lockedFrom(console.shop)).isEmpty();
        assertThat(unlocked.select("tbody tr").eachText().get(0)).contains("Workspace unlocked", "paid");
        assertThat(unlocked.select("a[href*=unlock]")).isEmpty();
    }

    @Test
    void whoPaysAndWhoIsInTheWorkspaceSeeFromWhenOnItIsLocked() {
        unsubscribe(paying(SettlementMethod.AWS), "cancelled");

        assertThat(console.browserOf("ada@example.com")
                        .open("/workspaces/" + console.shop)
                        .select("[role=alert]")
                        .text())
                .contains("locked from 2026-03-24 09:20 UTC on");
        assertThat(console.browserOfPayer("acme")
                        .open("/fee-center")
                        .select("tbody")
                        .text())
                .contains("Shop", "its cloud account has ended: locked from 2026-03-24 09:20 UTC on");
    }

    @Test
    void nothingIsDecidedWithoutAReason() {
        CloudAccount account = paying(SettlementMethod.AWS);

        assertThat(unsubscribe(account, " ").select("[role=alert]").text()).startsWith("Say why");
        assertThat(release(account, "").select("[role=alert]").text()).startsWith("Say why");

        assertThat(methods.now(console.shop)).isEqualTo(SettlementMethod.AWS);
        assertThat(console.database.number("SELECT count(*) FROM cloud_account_decision"))
                .isZero();
    }

    @Test
    void whatHasEndedIsNotEndedAgain() {
        CloudAccount account = paying(SettlementMethod.AWS);
        unsubscribe(account, "cancelled");

        assertThat(unsubscribe(account, "again").select("[role=alert]").text())
                .startsWith("This cloud account has ended");
        assertThat(operator.post(page(account) + "/release", Map.of("workspace", console.shop, "why", "late"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(console.database.number("SELECT count(*) FROM cloud_account_decision"))
                .isEqualTo(1);
    }

    @Test
    void thereIsNoPageOfACloudAccountOrWorkspaceThatThereIsNot() {
        CloudAccount account = paying(SettlementMethod.AWS);

        for (String path : new String[] {
            "/operator/clouds/0",
            "/operator/clouds/none/unsubscribe",
            page(account) + "/release?workspace=wksp_other",
            page(account) + "/unlock?workspace=" + console.shop
        }) {
            assertThat(operator.get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void nobodyElseDecides() {
        CloudAccount account = paying(SettlementMethod.AWS);
        TestBrowser payer = console.browserOfPayer("acme");

        for (String deed : new String[] {"", "/unsubscribe", "/release?workspace=" + console.shop}) {
            assertThat(payer.get(page(account) + deed).uri().getPath()).isEqualTo("/operator/sign-in");
        }
        for (String deed : new String[] {"/unsubscribe", "/release"}) {
            assertThat(payer.post(page(account) + deed, Map.of("workspace", console.shop, "why", "mine"))
                            .uri()
                            .getPath())
                    .isEqualTo("/operator/sign-in");
            assertThat(operator.post(
                                    page(account) + deed,
                                    Map.of("workspace", console.shop, "why", "elsewhere"),
                                    "Sec-Fetch-Site",
                                    "cross-site")
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(methods.now(console.shop)).isEqualTo(SettlementMethod.AWS);
    }
}
