package io.weir.feecenter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.BillLine;
import io.weir.feecenter.ledger.TestLines;
import io.weir.feecenter.settlement.DetailGrouping;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bills consolidated over workspaces and sites. */
class BillSumsTest {

    private static final String YEAR = "first=2026-01-01&last=2026-12-31";

    private TestConsole console;
    private TestBills bills;
    private TestBrowser acme;
    private String abroad;

    @BeforeEach
    void start() throws IOException {
        console = new TestConsole();
        bills = new TestBills(console);
        acme = console.browserOfPayer("acme");
        String bob = console.people
                .register("us1", "bob@example.com", null, "Bob", TestConsole.PASSWORD)
                .consoleAccountId();
        abroad = console.workspaces.create(bob, "Abroad").workspaceId();
    }

    @AfterEach
    void close() {
        console.close();
    }

    /** Lines of two sites and of a workspace without one, of two months and two items; some paid, some owed, some open. */
    private void billAllSorts() {
        bills.topUp("10");
        bills.post(bills.line("log", "12.34"), bills.line("sms", "0.66"));
        bills.settle();
        bills.post(
                bills.line(TestBills.DAY, "log", 1, "-0.04"),
                bills.line(LocalDate.of(2026, 2, 27), "log", 0, "4.00"),
                in(abroad, bills.line("log", "5.00")),
                in("wksp_lines_only", bills.line("sms", "6.00")));
    }

    private static BillLine in(String workspace, BillLine line) {
        return TestLines.withItsId(TestLines.but(line, it -> it.setWorkspaceId(workspace)));
    }

    private Document sums(DetailGrouping by) {
        return acme.open("/fee-center/bills?" + YEAR + "&by=" + by);
    }

    private static List<Element> rows(Document page) {
        return page.select("table").get(0).select("tbody tr");
    }

    private static List<String> figures(Element row) {
        return row.select("td").eachText();
    }

    private static List<String> total(Document page) {
        return figures(page.select("table").get(0).select("tfoot tr").get(0));
    }

    @ParameterizedTest
    @EnumSource(DetailGrouping.class)
    void theSumsOfEveryGroupingComeToAllLines(DetailGrouping by) {
        billAllSorts();

        Document page = sums(by);

        assertThat(total(page)).containsExactly("6", "27.96", "0.00", "0.00", "10.00", "0.00", "3.00", "14.96");
        assertThat(rows(page)).hasSizeGreaterThan(1);
        for (int column = 0; column < total(page).size(); column++) {
            int figure = column;
            assertThat(rows(page).stream()
                            .map(row -> new BigDecimal(figures(row).get(figure)))
                            .reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(total(page).get(figure));
        }
    }

    @ParameterizedTest
    @EnumSource(DetailGrouping.class)
    void theLinkOfASumShowsTheLinesThatItIsMadeOf(DetailGrouping by) {
        billAllSorts();

        for (Element sum : rows(sums(by))) {
            Document lines = acme.open(sum.select("a").attr("href"));

            assertThat(total(lines)).isEqualTo(figures(sum));
            assertThat(lines.select("table").get(1).select("tbody tr"))
                    .hasSize(Integer.parseInt(figures(sum).get(0)));
        }
    }

    @Test
    void aSumIsNamedByWhatItIsOf() {
        billAllSorts();

        assertThat(names(sums(DetailGrouping.WORKSPACE)))
                .containsExactlyInAnyOrder("Shop", "Abroad", "wksp_lines_only");
        assertThat(names(sums(DetailGrouping.ITEM))).containsExactly("Logs", "SMS");
        assertThat(names(sums(DetailGrouping.DAY))).containsExactly("2026-02-27", "2026-03-02");
        assertThat(names(sums(DetailGrouping.SITE))).containsExactly("site not known", "cn1", "us1");
        assertThat(names(sums(DetailGrouping.MONTH))).containsExactly("2026-02", "2026-03");
    }

    private static List<String> names(Document page) {
        return page.select("table").get(0).select("tbody th").eachText();
    }

    @Test
    void aChineseReaderChoosesTheGroupingInChinese() {
        billAllSorts();

        Document page = Jsoup.parse(acme.get("/fee-center/bills?" + YEAR + "&by=SITE", "Accept-Language", "zh-CN")
                .body());

        assertThat(page.select("select[name=by] option").eachText()).containsExactly("工作空间", "计费项", "日期", "站点", "月份");
        assertThat(page.select("select[name=by] option[selected]").text()).isEqualTo("站点");
        assertThat(names(page)).containsExactly("站点未知", "cn1", "us1");
    }

    @Test
    void theFilterStaysWhenTheGroupingIsChosen() {
        billAllSorts();

        Document page = acme.open("/fee-center/bills?" + YEAR + "&item=log&site=cn1&by=MONTH");

        assertThat(page.select("select option[selected]").eachAttr("value")).containsExactly("cn1", "log", "MONTH");
        assertThat(rows(page)).extracting(Element::text).allMatch(row -> row.startsWith("2026-0"));
        assertThat(total(page).get(1)).isEqualTo("16.30");
    }

    @Test
    void pagesOfAHundredSumsTogetherShowEachSumOnceAndTheTotalOfAll() {
        bills.post(IntStream.range(0, 230)
                .mapToObj(i -> bills.line("item_" + i, "1.00"))
                .toArray(BillLine[]::new));

        List<String> seen = new ArrayList<>();
        String next = "/fee-center/bills?" + YEAR;
        for (int rows : List.of(100, 100, 30)) {
            Document page = acme.open(next);
            assertThat(rows(page)).hasSize(rows);
            assertThat(total(page).get(1)).isEqualTo("230.00");
            seen.addAll(names(page));
            next = page.select("main a[href*=sums-behind]").attr("href");
        }
        assertThat(seen).hasSize(230).doesNotHaveDuplicates();
        assertThat(next).isEmpty();
    }

    @Test
    void theFileHoldsAllSumsOfTheSelection() {
        billAllSorts();

        String file = acme.get("/fee-center/bill-sums.csv?" + YEAR + "&site=cn1&by=WORKSPACE")
                .body();
        String months =
                acme.get("/fee-center/bill-sums.csv?" + YEAR + "&by=MONTH").body();

        assertThat(file.substring(1).lines())
                .containsExactly(
                        "workspace_id,workspace_name,lines,payable,voucher_amount,card_amount,cash_amount,cloud_amount,"
                                + "owed_amount,open_amount,currency",
                        console.shop + ",Shop,4,16.96,0.00,0.00,10.00,0.00,3.00,3.96,CNY");
        assertThat(months.lines().skip(1))
                .containsExactly(
                        "2026-02,1,4.00,0.00,0.00,0.00,0.00,0.00,4.00,CNY",
                        "2026-03,5,23.96,0.00,0.00,10.00,0.00,3.00,10.96,CNY");
    }

    @Test
    void anotherAccountHasNoPartInASum() {
        billAllSorts();
        bills.otherAccount();
        TestBrowser umbrella = console.browserOfPayer("umbrella");

        assertThat(total(umbrella.open("/fee-center/bills?" + YEAR + "&by=SITE"))
                        .get(0))
                .isEqualTo("0");
        assertThat(umbrella.get("/fee-center/bill-sums.csv?" + YEAR + "&workspace=" + abroad)
                        .body()
                        .lines())
                .hasSize(1);
    }
}
