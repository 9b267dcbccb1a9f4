package io.weir.feecenter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.AppliedPrice;
import io.weir.billing.BillLine;
import io.weir.feecenter.ledger.TestLines;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BillPagesTest {

    private TestConsole console;
    private TestBills bills;
    private TestBrowser acme;

    @BeforeEach
    void start() throws IOException {
        console = new TestConsole();
        bills = new TestBills(console);
        acme = console.browserOfPayer("acme");
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void detailsShowEachLineWithWhatPaidForIt() {
        bills.topUp("10");
        bills.post(bills.line("log", "12.34"));
        bills.settle();
        bills.post(bills.line(LocalDate.of(2026, 3, 3), "log", 0, "1.00"));

        Document page = acme.open("/fee-center/bills");

        assertThat(page.select("table").get(1).select("tbody tr").eachText())
                .containsExactly(
                        "2026-03-03 Shop Logs 14 0 10 1.00 1.00 0.00 0.00 0.00 0.00 0.00 not settled yet",
                        "2026-03-02 Shop Logs 14 0 10 12.34 12.34 0.00 0.00 10.00 0.00 2.34 Fee center");
        assertThat(page.select("table").get(0).select("tfoot tr").text())
                .isEqualTo("Total 2 13.34 0.00 0.00 10.00 0.00 2.34 1.00");
    }

    @Test
    void aSelectionIsByDaysWorkspaceAndItem() {
        bills.post(
                bills.line("log", "1.00"),
                bills.line("sms", "2.00"),
                bills.line(LocalDate.of(2026, 2, 27), "log", 0, "4.00"));

        assertThat(total("")).isEqualTo("3.00");
        assertThat(total("?first=2026-02-01")).isEqualTo("4.00");
        assertThat(total("?first=2026-02-01&last=2026-03-31&item=log")).isEqualTo("5.00");
        assertThat(total("?workspace=" + console.shop + "&item=sms")).isEqualTo("2.00");
        assertThat(total("?workspace=wksp_other")).isEqualTo("0.00");
        assertThat(total("?first=yesterday&last=%00&item=%00&workspace='&after=%00"))
                .isEqualTo("3.00");
    }

    private String total(String query) {
        return acme.open("/fee-center/bills" + query)
                .select("table")
                .get(0)
                .select("tfoot td")
                .get(1)
                .text();
    }

    @Test
    void pagesOfAHundredLinesTogetherShowEachLineOnce() {
        bills.post(IntStream.range(0, 230)
                .mapToObj(i -> bills.line(TestBills.DAY.plusDays(i % 3), "item_" + i, 0, "1.00"))
                .toArray(BillLine[]::new));

        Set<String> seen = new HashSet<>();
        String next = "/fee-center/bills";
        for (int rows : List.of(100, 100, 30)) {
            Document page = acme.open(next);
            List<String> links =
                    page.select("table").get(1).select("tbody th a").eachAttr("href");
            assertThat(links).hasSize(rows);
            seen.addAll(links);
            next = page.select("a[rel=next]").attr("href");
        }
        assertThat(seen).hasSize(230);
        assertThat(next).isEmpty();
    }

    @Test
    void theFileHoldsTheWholeSelection() throws IOException {
        bills.post(IntStream.range(0, 130)
                .mapToObj(i -> bills.line("item_" + i, "1.00"))
                .toArray(BillLine[]::new));

        HttpResponse<String> answer = acme.get("/fee-center/bills.csv?first=2026-03-01&last=2026-03-31");

        assertThat(answer.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"bills-acme-2026-03-01-2026-03-31.csv\"");
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8");
        List<CSVRecord> rows = CSVParser.parse(
                        new StringReader(answer.body().substring(1)),
                        CSVFormat.RFC4180
                                .builder()
                                .setHeader()
                                .setSkipHeaderRecord(true)
                                .get())
                .getRecords();
        assertThat(rows).hasSize(130).allSatisfy(row -> {
            assertThat(row.get("payable")).isEqualTo("1.00");
            assertThat(row.get("workspace_name")).isEqualTo("Shop");
        });
    }

    @Test
    void oneLineExplainsItself() {
        console.upgradeShop();
        bills.topUp("100");
        BillLine line = TestLines.withItsId(TestLines.but(
                bills.line("log", "2.41"),
                it -> it.setQuantity("2004167")
                        .setNetQuantity("2004167")
                        .setBindingSeqs(List.of(1L))
                        .setPrice(new AppliedPrice("2024-09", LocalDate.of(2023, 11, 2), "1000000", "unit 1.2"))));
        bills.post(line);
        bills.settle();

        Document page = acme.open("/fee-center/bills/" + line.getLineId());

        assertThat(page.select("h1").text()).isEqualTo("Logs on 2026-03-02");
        assertThat(page.select("main ol li").eachText())
                .containsExactly(
                        "The quantity of the day is 2,004,167. That is 2.004167 units of 1,000,000.",
                        "The price is \"unit 1.2\": price book 2024-09, in force since 2023-11-02.",
                        "2.004167 × 1.2",
                        "That is 2.4050004, rounded half up to the cent: CNY 2.41.",
                        "The day comes to CNY 2.41. Of this CNY 0.00 was charged before, so this line is CNY 2.41.");
        assertThat(page.text())
                .contains(
                        "log_records 10 3 00000000000000000000000000000007",
                        "This account, by binding 1 of the workspace, which is in force since 2026-03-10 09:20 UTC.",
                        "It was settled on 2026-03-10 09:20 UTC by: Fee center.",
                        "It stands on no monthly statement yet.",
                        "Cash 2.41",
                        "Record 0 of partition 0 of the topic fee-center.bill-lines",
                        line.getLineId());
    }

    @Test
    void aCorrectionSaysWhatWasChargedBeforeAndNamesTheOthers() {
        BillLine first = bills.line("log", "2.00");
        BillLine correction = TestLines.but(
                bills.line(TestBills.DAY, "log", 1, "-0.50"),
                it -> it.setNetAmount("1.50").setPrice(null));
        bills.post(first, correction);

        Document page = acme.open("/fee-center/bills/" + correction.getLineId());

        assertThat(page.select("dl.figures dd").eachText()).containsExactly("CNY 2.00", "CNY -0.50", "CNY 1.50");
        assertThat(page.text())
                .contains(
                        "This line corrects those before it, by CNY -0.50.",
                        "Nothing is left to pay for, so there is no price.",
                        "It is not settled yet.");
        assertThat(page.select("caption:contains(All lines of this charge) ~ tbody a")
                        .eachAttr("href"))
                .containsExactly(
                        "/fee-center/bills/" + first.getLineId(), "/fee-center/bills/" + correction.getLineId());
    }

    @Test
    void anotherAccountFindsNoLineByItsId() {
        BillLine line = bills.line("log", "2.00");
        bills.post(line);
        bills.otherAccount();
        TestBrowser umbrella = console.browserOfPayer("umbrella");

        assertThat(umbrella.get("/fee-center/bills/" + line.getLineId()).statusCode())
                .isEqualTo(404);
        assertThat(umbrella.get("/fee-center/bills/nonsense").statusCode()).isEqualTo(404);
        assertThat(umbrella.get("/fee-center/bills?workspace=" + console.shop).body())
                .doesNotContain(line.getLineId());
        assertThat(umbrella.get("/fee-center/bills.csv?workspace=" + console.shop)
                        .body())
                .doesNotContain(line.getLineId());
    }
}
