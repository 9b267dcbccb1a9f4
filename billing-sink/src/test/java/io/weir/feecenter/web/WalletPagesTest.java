package io.weir.feecenter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.feecenter.settlement.VoucherCodes;
import io.weir.feecenter.settlement.VoucherTerms;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WalletPagesTest {

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

    /** A form of the page as a browser would send it, hidden fields and all. */
    private Map<String, String> form(String action, String field, String value) {
        Map<String, String> form = new HashMap<>();
        acme.open("/fee-center/wallet")
                .select("form[action=/fee-center/wallet/" + action + "] input[type=hidden]")
                .forEach(hidden -> form.put(hidden.attr("name"), hidden.attr("value")));
        form.put(field, value);
        return form;
    }

    private Document send(String action, Map<String, String> form) {
        return acme.submit("/fee-center/wallet/" + action, form);
    }

    private List<String> purses() {
        return acme.open("/fee-center/wallet").select("tbody tr").eachText();
    }

    @Test
    void aTopUpThatIsSentTwiceMovesMoneyOnce() {
        Map<String, String> form = form("top-up", "amount", "250.50");

        assertThat(send("top-up", form).select("[role=status]").text()).isEqualTo("The payment has arrived.");
        send("top-up", form);

        assertThat(purses()).containsExactly("Cash 250.50", "Debt 0.00");
    }

    @Test
    void aFormThatIsSentAgainForAnotherAmountIsRefused() {
        Map<String, String> form = form("top-up", "amount", "250.50");
        send("top-up", form);
        form.put("amount", "99");

        assertThat(send("top-up", form).select("[role=alert]").text())
                .isEqualTo("This form was sent before, for something else. Open the wallet again.");
        assertThat(purses()).containsExactly("Cash 250.50", "Debt 0.00");
    }

    @Test
    void aCardThatIsPaidForTwiceIsBoughtOnce() {
        Map<String, String> form = form("card", "amount", "300");

        send("card", form);
        send("card", form);

        assertThat(purses()).containsExactly("Prepaid card 300.00 2027-03-10 09:20 UTC", "Debt 0.00");
    }

    @Test
    void aCardFromCashThatIsSentTwiceIsBoughtOnce() {
        send("top-up", form("top-up", "amount", "500"));
        Map<String, String> form = form("card", "amount", "200");
        form.put("from", "cash");

        assertThat(send("card", form).select("[role=status]").text()).isEqualTo("The card is in the wallet.");
        send("card", form);

        assertThat(purses()).containsExactly("Prepaid card 200.00 2027-03-10 09:20 UTC", "Cash 300.00", "Debt 0.00");
    }

    @Test
    void aCardThatCostsMoreThanThereIsInCashIsRefused() {
        Map<String, String> form = form("card", "amount", "200");
        form.put("from", "cash");

        HttpResponse<String> answer = acme.post("/fee-center/wallet/card", form);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("There is less cash than the card costs.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-5", "1.001", "1e9", "much", "1234567890123"})
    void whatIsNoAmountIsRefused(String typed) {
        assertThat(send("top-up", form("top-up", "amount", typed))
                        .select("[role=alert]")
                        .text())
                .startsWith("An amount is a positive number with at most two decimals");
        assertThat(purses()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"150", "0", "99.99", "100.01"})
    void aCardOfNoMultipleOfAHundredIsRefused(String typed) {
        assertThat(send("card", form("card", "amount", typed))
                        .select("[role=alert]")
                        .text())
                .isEqualTo("A prepaid card is of a positive multiple of 100.");
    }

    @Test
    void aFormWithoutItsRequestMovesNothing() {
        assertThat(send("top-up", Map.of("amount", "10")).select("[role=alert]").text())
                .isEqualTo("This form is incomplete. Open the wallet again.");
        assertThat(purses()).isEmpty();
    }

    @Test
    void aVoucherIsActivatedOnceByItsCode() {
        console.upgradeShop();
        String code = new VoucherCodes(console.database.jdbi(), console.clock)
                .issue(
                        new VoucherTerms(
                                "CNY",
                                new BigDecimal("80.00"),
                                new BigDecimal("1000.00"),
                                Instant.parse("2026-06-01T00:00:00Z")),
                        "an operator")
                .value();

        assertThat(send("voucher", Map.of("code", " " + code + " "))
                        .select("[role=status]")
                        .text())
                .isEqualTo("The voucher is in the wallet.");
        send("voucher", Map.of("code", code));

        assertThat(purses()).containsExactly("Threshold voucher 80.00 2026-06-01 00:00 UTC 1,000.00");
        assertThat(send("voucher", Map.of("code", "vch_guessed"))
                        .select("[role=alert]")
                        .text())
                .isEqualTo("No voucher has this code.");
    }

    @Test
    void aPaymentThatNobodyAskedForIsNone() {
        assertThat(acme.get("/fee-center/wallet/paid?reference=pay_00000000000000000000000000000000")
                        .statusCode())
                .isEqualTo(422);
        assertThat(acme.open("/fee-center/wallet/paid").select("[role=status]").text())
                .startsWith("The payment has not arrived yet.");
    }

    @Test
    void theWalletOfAnotherAccountIsAnother() {
        send("top-up", form("top-up", "amount", "250.50"));
        bills.otherAccount();

        assertThat(console.browserOfPayer("umbrella").open("/fee-center/wallet").select("tbody tr"))
                .isEmpty();
    }
}
