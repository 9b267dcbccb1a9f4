package io.weir.feecenter.api;

import static io.weir.feecenter.api.TestApi.FEBRUARY_10;
import static io.weir.feecenter.api.TestApi.MARCH_9;
import static io.weir.feecenter.api.TestApi.on;
import static io.weir.feecenter.ledger.TestLines.line;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.feecenter.account.ApiScope;
import io.weir.feecenter.ledger.BillQuery;
import io.weir.feecenter.ledger.TestLedger;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiTest {

    private TestApi api;
    private TestProgram program;

    @BeforeEach
    void start() throws IOException {
        api = new TestApi();
        program = api.programOf(api.acme);
    }

    @AfterEach
    void close() {
        api.close();
    }

    private List<String> texts(String path, String member) {
        return StreamSupport.stream(get(path).path("data").spliterator(), false)
                .map(row -> row.path(member).asText())
                .toList();
    }

    private JsonNode get(String path) {
        return TestProgram.json(program.get(path));
    }

    @Test
    void theBillIsTheNetOfTheLedger() {
        List<BillQuery.BillRow> ledger =
                new BillQuery(api.console.database.sink()).bill(api.acme, FEBRUARY_10, FEBRUARY_10);

        JsonNode bill = get("/api/v1/bill?first=2026-02-10&last=2026-02-10");

        assertThat(bill.path("data")).hasSameSizeAs(ledger);
        for (int i = 0; i < ledger.size(); i++) {
            JsonNode row = bill.path("data").path(i);
            assertThat(new BigDecimal(row.path("amount").asText()))
                    .isEqualByComparingTo(ledger.get(i).amount());
            assertThat(row.path("item").asText()).isEqualTo(ledger.get(i).item());
        }
        assertThat(texts("/api/v1/bill?item=log", "amount")).containsExactly("2.25", "7.00", "11.00");
        assertThat(texts("/api/v1/bill?item=log", "quantity")).containsExactly("0", "10", "10");
        assertThat(texts("/api/v1/bill?item=log", "lines")).containsExactly("2", "1", "1");
    }

    @Test
    void theSumsOfEveryGroupingComeToTheLines() {
        for (String by : List.of("workspace", "item", "day", "site", "month")) {
            List<String> sums = texts("/api/v1/sums?by=" + by, "payable");

            assertThat(sums.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add))
                    .as(by)
                    .isEqualByComparingTo("29.15");
        }
        assertThat(texts("/api/v1/sums?by=month", "of")).containsExactly("2026-02", "2026-03");
        assertThat(texts("/api/v1/sums?by=month", "open")).containsExactly("0.00", "11.00");
        assertThat(texts("/api/v1/sums?last=2026-02-28", "voucher")).containsExactly("2.00", "0.00");
        assertThat(texts("/api/v1/sums?item=sms&workspace=wksp_tests", "cash")).containsExactly("0.40");
    }

    @Test
    void linesAreFilteredByDayWorkspaceAndItem() {
        assertThat(texts("/api/v1/lines?last=2026-02-10", "day"))
                .containsOnly("2026-02-10")
                .hasSize(3);
        assertThat(texts("/api/v1/lines?first=2026-02-11&item=log", "day")).containsExactly("2026-02-11", "2026-03-09");
        assertThat(texts("/api/v1/lines?item=sms", "amount")).containsExactly("0.40");
        assertThat(texts("/api/v1/lines?workspace=wksp_tests", "amount")).hasSize(5);
        assertThat(texts("/api/v1/lines?workspace=wksp_none", "amount")).isEmpty();
    }

    @Test
    void aLineShowsWhatItCameFromAndWhetherItIsSettled() {
        String settled = texts("/api/v1/lines?first=2026-02-11&last=2026-02-11", "line_id")
                .get(0);
        JsonNode line = get("/api/v1/lines/" + settled);

        assertThat(line.at("/meters/0/meter").asText()).isEqualTo("log_records");
        assertThat(line.at("/meters/0/total").asText()).isEqualTo("10");
        assertThat(line.at("/price/price_book_version").asText()).isEqualTo("2026-01");
        assertThat(line.path("settlement_method").asText()).isEqualTo("FEE_CENTER");
        assertThat(get("/api/v1/movements").findValuesAsText("movement_id"))
                .contains(line.path("movement_id").asText());
        assertThat(texts("/api/v1/lines?first=" + MARCH_9, "settled_at")).containsExactly("null");
    }

    @Test
    void noRowIsSkippedOrRepeatedWhileLinesAreAdded() {
        JsonNode first = get("/api/v1/lines?workspace=wksp_tests&limit=2");
        TestLedger.post(
                api.console.database,
                List.of(
                        on(FEBRUARY_10.minusDays(1), line(api.acme, "log", "5.00")),
                        on(MARCH_9.plusDays(1), line(api.acme, "log", "6.00"))));

        JsonNode rest = get("/api/v1/lines?workspace=wksp_tests&cursor="
                + first.path("next").asText());

        assertThat(first.findValuesAsText("line_id"))
                .hasSize(2)
                .doesNotContainAnyElementsOf(rest.findValuesAsText("line_id"));
        assertThat(rest.findValuesAsText("day"))
                .containsExactly("2026-02-10", "2026-02-11", "2026-03-09", "2026-03-10");
    }

    @Test
    void aStatementHasTheLinesOfItsMonth() {
        String number = texts("/api/v1/statements", "number").get(0);
        JsonNode statement = get("/api/v1/statements/" + number);

        assertThat(statement.path("month").asText()).isEqualTo("2026-02");
        assertThat(statement.path("amount").asText()).isEqualTo("9.65");
        assertThat(statement.at("/paid_by/VOUCHER").asText()).isEqualTo("2.00");
        assertThat(texts("/api/v1/statements/" + number + "/lines", "day"))
                .containsExactly("2026-02-10", "2026-02-10", "2026-02-10", "2026-02-11");
    }

    @Test
    void whatIsDueFromACloudAccountIsTheSumOfItsDays() {
        assertThat(texts("/api/v1/cloud-dues", "day")).containsExactly("2026-03-07", "2026-03-08");
        assertThat(texts("/api/v1/cloud-dues", "charged")).containsExactly("4.00", "6.00");
        assertThat(texts("/api/v1/cloud-dues", "set_off")).containsExactly("0.00", "-1.50");
        assertThat(texts("/api/v1/cloud-dues?first=2026-03-08", "due")).containsExactly("4.50");
        assertThat(texts("/api/v1/cloud-dues?workspace=wksp_tests", "due")).isEmpty();
        assertThat(texts("/api/v1/cloud-accounts", "customer_identifier")).containsExactly("aws-1", "aws-1");
        assertThat(texts("/api/v1/cloud-accounts", "due")).containsExactly("8.50", "0.00");
    }

    @Test
    void theWorkspacesAreThoseThatTheAccountPaysForNow() {
        api.jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO binding (workspace_id, seq, account_id, effective_from, bound_by) VALUES (?, 2, ?, now(), ?)",
                api.console.shop,
                api.other,
                api.console.ada));

        assertThat(texts("/api/v1/workspaces", "name")).containsExactly("Warehouse");
    }

    @Test
    void theMovementsAreTheNewestFirstAndBalance() {
        JsonNode movements = get("/api/v1/movements");

        assertThat(movements.at("/data/0/kind").asText()).isEqualTo("SETTLEMENT");
        for (JsonNode movement : movements.path("data")) {
            assertThat(movement.path("postings").findValuesAsText("amount").stream()
                            .map(BigDecimal::new)
                            .reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isZero();
        }
        assertThat(get("/api/v1/wallet").path("purses").findValuesAsText("kind"))
                .containsExactly("VOUCHER", "CASH", "DEBT");
    }

    @Test
    void valuesThatCannotBeAreNamed() {
        for (String query : List.of(
                "limit=0",
                "limit=501",
                "limit=-1",
                "limit=1e2",
                "limit=1&limit=2",
                "first=2026-02-30",
                "last=20260210",
                "first=%2B10000-01-01",
                "item=",
                "workspace=a%20b",
                "cursor=",
                "cursor=W10",
                "cursor=eyJhIjoxfQ")) {
            HttpResponse<String> answer = program.get("/api/v1/lines?" + query);
            assertThat(answer.statusCode()).as(query).isEqualTo(400);
            assertThat(TestProgram.json(answer).path("detail").asText())
                    .startsWith(query.substring(0, query.indexOf('=')))
                    .contains("allowed is");
        }
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        String cursor = get("/api/v1/movements?limit=1").path("next").asText();

        assertThat(program.get("/api/v1/lines?cursor=" + cursor).statusCode()).isEqualTo(400);
    }

    @Test
    void aTokenIsTakenFromTheHeaderOnly() {
        String token =
                api.tokens.make(api.acme, "test", Set.of(ApiScope.BILLS_READ)).value();
        TestProgram nobody = api.program();

        assertThat(nobody.get("/api/v1/account", "Authorization", "bearer " + token)
                        .statusCode())
                .isEqualTo(200);
        assertThat(nobody.get("/api/v1/account?access_token=" + token).statusCode())
                .isEqualTo(401);
        assertThat(nobody.get("/api/v1/account", "Cookie", "weir-session=" + token)
                        .statusCode())
                .isEqualTo(401);
        assertThat(nobody.get("/api/v1/account", "Authorization", "Basic " + token)
                        .statusCode())
                .isEqualTo(401);
        assertThat(nobody.get("/api/v1/account", "Authorization", token).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aBrowserThatIsSignedInOpensNothingOfTheApi() {
        assertThat(api.console.browserOfPayer("acme").get("/api/v1/account").statusCode())
                .isEqualTo(401);
        assertThat(program.get("/api/v1/account").headers().firstValue("Set-Cookie"))
                .isEmpty();
    }

    @Test
    void theHeadOfAnAnswerIsNotGivenOut() {
        HttpResponse<String> answer = program.send("HEAD", "/api/v1/account", BodyPublishers.noBody());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET");
    }
}
