package io.weir.feecenter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.feecenter.settlement.Arrears;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operator enters a bank transfer (fee-center-rules.md §5). */
class OperatorTransfersTest {

    private static final String PATH = "/operator/transfers";

    private TestConsole console;
    private TestBills bills;
    private TestBrowser operator;

    @BeforeEach
    void start() throws IOException {
        console = new TestConsole();
        bills = new TestBills(console);
        operator = console.browserOfOperator();
    }

    @AfterEach
    void close() {
        console.close();
    }

    private static Map<String, String> form(String userName, String amount, String reference, String receivedOn) {
        return Map.of("user-name", userName, "amount", amount, "reference", reference, "received-on", receivedOn);
    }

    /** The form of the question, as a browser sends it. */
    private Document agree(Document question) {
        Map<String, String> form = new HashMap<>();
        question.select("form[action=" + PATH + "] input")
                .forEach(hidden -> form.put(hidden.attr("name"), hidden.attr("value")));
        return operator.submit(PATH, form);
    }

    private long booked() {
        return console.database.number("SELECT count(*) FROM movement WHERE kind = 'TOP_UP'");
    }

    @Test
    void theQuestionSaysWhatFollowsAndThatIsWhatItDoes() {
        // Given
        bills.post(bills.line("log", "30.00"));
        bills.settle();
        Document question = operator.submit(PATH + "/ask", form("ACME", "100", "icbc 2026/7", "2026-03-09"));
        assertThat(question.select("main li").eachText())
                .contains(
                        "CNY 100.00 come into the wallet of fee-center account acme, received on 2026-03-09.",
                        "CNY 30.00 of it pay what the account owes, and the rest is cash.",
                        "All that is owed is paid, so the account is no longer in arrears.");
        assertThat(booked()).as("only asked").isZero();

        // When
        Document after = agree(question);

        // Then
        assertThat(after.select("[role=status]").text()).isEqualTo("The transfer is booked.");
        assertThat(after.select("tbody tr").eachText())
                .containsExactly("ICBC2026/7 acme CNY 100.00 2026-03-09 2026-03-10 09:20 UTC operator");
        TestBrowser acme = console.browserOfPayer("acme");
        assertThat(acme.open("/fee-center/movements?kind=TOP_UP")
                        .select("tbody tr")
                        .eachText())
                .containsExactly("2026-03-10 09:20 UTC Top-up ICBC2026/7 100.00 70.00 30.00");
        assertThat(acme.open("/fee-center/wallet").select("tbody tr").eachText())
                .containsExactly("Cash 70.00", "Debt 0.00");
    }

    @Test
    void theQuestionSaysWhatStaysOwedAndThatALockedAccountIsUnlocked() {
        bills.post(bills.line("log", "30.00"));
        bills.settle();
        console.clock.pass(Arrears.GRACE);
        new Arrears(console.database.jdbi(), console.clock).lockOverdue();
        operator = console.browserOfOperator();

        assertThat(operator.submit(PATH + "/ask", form("acme", "10", "ICBC-7", "2026-03-09"))
                        .select("main li")
                        .eachText())
                .contains("All of it pays what the account owes, and CNY 20.00 stay owed.")
                .noneMatch(follows -> follows.contains("unlocked"));
        assertThat(operator.submit(PATH + "/ask", form("acme", "30", "ICBC-7", "2026-03-09"))
                        .select("main li")
                        .eachText())
                .contains("All that is owed is paid, so the account is unlocked, and a mail tells its holder.");
    }

    @Test
    void aReferenceThatWasEnteredBeforeIsRefusedWhicheverAccountItIsFor() {
        Document question = operator.submit(PATH + "/ask", form("acme", "100", "ICBC-7", "2026-03-09"));
        agree(question);
        bills.otherAccount();
        String before = "Transfer ICBC-7 was entered before: CNY 100.00 for account acme, on 2026-03-10 09:20 UTC."
                + " Nothing was done.";

        assertThat(agree(question).select("[role=alert]").text()).isEqualTo(before);
        assertThat(operator.submit(PATH + "/ask", form("umbrella", "50", "icbc-7", "2026-03-09"))
                        .select("[role=alert]")
                        .text())
                .isEqualTo(before);
        assertThat(operator.submit(PATH, form("umbrella", "50", "icbc-7", "2026-03-09"))
                        .select("[role=alert]")
                        .text())
                .isEqualTo(before);
        assertThat(booked()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "nobody, 100, ICBC-7, 2026-03-09, There is no such thing",
        "acme, 0, ICBC-7, 2026-03-09, An amount is a positive number",
        "acme, 1.001, ICBC-7, 2026-03-09, An amount is a positive number",
        "acme, -5, ICBC-7, 2026-03-09, An amount is a positive number",
        "acme, 100, ?, 2026-03-09, A reference has 4 to 64",
        "acme, 100, ICBC-7, 9 March, A day is written as",
        "acme, 100, ICBC-7, 2026-03-12, A day is written as"
    })
    void whatCannotBeATransferIsRefused(
            String userName, String amount, String reference, String receivedOn, String why) {
        Map<String, String> form = form(userName, amount, reference, receivedOn);

        for (String path : new String[] {PATH + "/ask", PATH}) {
            Document page = operator.submit(path, form);
            assertThat(page.select("[role=alert]").text()).startsWith(why);
            assertThat(page.select("input[name=amount]").val()).isEqualTo(amount);
        }
        assertThat(booked()).isZero();
    }

    @Test
    void nobodyElseEntersTransfers() {
        TestBrowser payer = console.browserOfPayer("acme");
        Map<String, String> form = form("acme", "100", "ICBC-7", "2026-03-09");

        assertThat(payer.get(PATH).uri().getPath()).isEqualTo("/operator/sign-in");
        for (String path : new String[] {PATH + "/ask", PATH}) {
            assertThat(payer.post(path, form).uri().getPath()).isEqualTo("/operator/sign-in");
            assertThat(operator.post(path, form, "Sec-Fetch-Site", "cross-site").statusCode())
                    .isEqualTo(403);
        }
        assertThat(booked()).isZero();
    }
}
