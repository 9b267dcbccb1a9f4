package io.weir.feecenter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.feecenter.settlement.CloudAccount;
import io.weir.feecenter.settlement.CloudAccounts;
import io.weir.feecenter.settlement.SettlementMethod;
import io.weir.feecenter.settlement.SettlementMethods;
import io.weir.feecenter.settlement.Wallets;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is due from cloud accounts (fee-center-rules.md §4). */
class CloudPagesTest {

    private static final String MARCH = "?first=2026-03-01&last=2026-03-31";

    private TestConsole console;
    private TestBills bills;
    private CloudAccounts clouds;
    private CloudAccount aws;

    @BeforeEach
    void start() throws IOException {
        console = new TestConsole();
        bills = new TestBills(console);
        console.upgradeShop();
        clouds = new CloudAccounts(console.database.jdbi(), console.clock);
        aws = clouds.register(console.acme.accountId(), "CNY", SettlementMethod.AWS, "customer-7");
        assertThat(new SettlementMethods(console.database.jdbi(), console.clock)
                        .choose(console.shop, console.acme.accountId(), ZoneId.of("Asia/Shanghai"), aws.id()))
                .isEmpty();
    }

    @AfterEach
    void close() {
        console.close();
    }

    /** Two days, of which the first is corrected after it was settled. */
    private void settleTwoDays() {
        bills.post(bills.line("log", "12.00"));
        bills.settle();
        bills.post(
                bills.line(TestBills.DAY, "log", 1, "-4.50"), bills.line(TestBills.DAY.plusDays(1), "log", 0, "1.00"));
        bills.settle();
    }

    private Document payersPage(String query) {
        return console.browserOfPayer("acme").open("/fee-center/clouds" + query);
    }

    @Test
    void eachDayOfAWorkspaceSaysWhatWasChargedAndWhatACorrectionSetOff() {
        settleTwoDays();

        Document page = payersPage(MARCH);

        assertThat(page.select("h2 ~ div tbody tr").eachText())
                .containsExactly(
                        "2026-03-03 AWS customer-7 Shop 1 1.00 0.00 1.00 CNY",
                        "2026-03-02 AWS customer-7 Shop 2 12.00 -4.50 7.50 CNY");
        assertThat(page.select("tfoot tr").eachText()).containsExactly("Total 3 13.00 -4.50 8.50 CNY");
    }

    @Test
    void aMonthIsOneRowOfEachWorkspace() {
        settleTwoDays();

        assertThat(payersPage(MARCH + "&by=MONTH").select("h2 ~ div tbody tr").eachText())
                .containsExactly("2026-03 AWS customer-7 Shop 3 13.00 -4.50 8.50 CNY");
    }

    @Test
    void whatIsDueInAllIsWhatTheLedgerHasBooked() {
        settleTwoDays();
        clouds.register(console.acme.accountId(), "CNY", SettlementMethod.ALIYUN, "no day yet");

        assertThat(payersPage(MARCH).select("div:has(+ h2) tbody tr").eachText())
                .containsExactly(
                        "AWS customer-7 2026-03-10 09:20 UTC 1 CNY 8.50",
                        "Alibaba Cloud no day yet 2026-03-10 09:20 UTC 0 CNY 0.00");
        assertThat(clouds.due(aws)).isEqualByComparingTo("8.50");
    }

    @Test
    void whatAVoucherPaidIsNotDue() {
        new Wallets(console.database.jdbi(), console.clock)
                .grantVoucher(
                        console.acme.accountId(),
                        "CNY",
                        new BigDecimal("5.00"),
                        console.clock.instant().plus(Duration.ofDays(30)),
                        null,
                        "welcome");
        bills.post(bills.line("log", "12.00"));
        bills.settle();

        assertThat(payersPage(MARCH).select("tfoot tr").eachText()).containsExactly("Total 1 7.00 0.00 7.00 CNY");
    }

    @Test
    void onlyTheDaysAndTheCloudAccountThatAreAskedForAreShown() {
        settleTwoDays();
        CloudAccount other = clouds.register(console.acme.accountId(), "CNY", SettlementMethod.AWS, "customer-8");

        assertThat(payersPage("?first=2026-03-03&last=2026-03-03&cloud=" + aws.id())
                        .select("tfoot tr")
                        .eachText())
                .containsExactly("Total 1 1.00 0.00 1.00 CNY");
        assertThat(payersPage("?cloud=" + other.id()).text()).contains("Nothing became due");
        assertThat(payersPage("?first=never&cloud=none").select("tfoot tr")).hasSize(1);
    }

    @Test
    void theFileHoldsTheSameRows() {
        settleTwoDays();

        assertThat(console.browserOfPayer("acme")
                        .get("/fee-center/clouds.csv" + MARCH)
                        .body()
                        .lines())
                .containsExactly(
                        "\uFEFFperiod,cloud,cloud_account,fee_center_account,workspace_id,workspace_name,lines,charged,set_off,due,currency",
                        "2026-03-03,AWS,customer-7,acme,%s,Shop,1,1.00,0,1.00,CNY".formatted(console.shop),
                        "2026-03-02,AWS,customer-7,acme,%s,Shop,2,12.00,-4.50,7.50,CNY".formatted(console.shop));
    }

    @Test
    void theOperatorSeesAllCloudAccountsAndWhoseTheyAre() {
        settleTwoDays();
        clouds.register(bills.otherAccount().accountId(), "CNY", SettlementMethod.HUAWEI, "hw-1");
        TestBrowser operator = console.browserOfOperator();

        Document page = operator.open("/operator/clouds" + MARCH);

        assertThat(page.select("tbody tr").eachText())
                .containsExactly(
                        "AWS customer-7 acme 2026-03-10 09:20 UTC 1 CNY 8.50",
                        "Huawei Cloud hw-1 umbrella 2026-03-10 09:20 UTC 0 CNY 0.00",
                        "2026-03-03 AWS customer-7 acme Shop 1 1.00 0.00 1.00 CNY",
                        "2026-03-02 AWS customer-7 acme Shop 2 12.00 -4.50 7.50 CNY");
        assertThat(operator.get("/operator/clouds.csv" + MARCH).body().lines()).hasSize(3);
    }

    @Test
    void theCloudAccountsOfAnotherAccountAreOthers() {
        settleTwoDays();
        bills.otherAccount();
        TestBrowser umbrella = console.browserOfPayer("umbrella");

        assertThat(umbrella.open("/fee-center/clouds" + MARCH).text())
                .contains("No cloud account is registered for this account.")
                .doesNotContain("customer-7");
        assertThat(umbrella.get("/fee-center/clouds.csv" + MARCH + "&cloud=" + aws.id())
                        .body()
                        .lines())
                .hasSize(1);
        assertThat(umbrella.get("/operator/clouds").uri().getPath()).isEqualTo("/operator/sign-in");
        assertThat(umbrella.get("/operator/clouds.csv").uri().getPath()).isEqualTo("/operator/sign-in");
    }
}
