package io.weir.feecenter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.feecenter.settlement.Wallets;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cards and vouchers as a file (fee-center-rules.md §5). */
class WalletFileTest {

    private static final String HEADER =
            "\uFEFFkind,origin,reference,received_at,received,balance,threshold,expires_at,expired,currency";
    private static final Instant SUMMER = Instant.parse("2026-06-01T00:00:00Z");

    private TestConsole console;
    private TestBills bills;
    private Wallets wallets;

    @BeforeEach
    void start() throws IOException {
        console = new TestConsole();
        bills = new TestBills(console);
        wallets = new Wallets(console.database.jdbi(), console.clock);
    }

    @AfterEach
    void close() {
        console.close();
    }

    private void grant(String amount, Instant expires, String threshold, String reference) {
        BigDecimal least = threshold.isEmpty() ? null : new BigDecimal(threshold);
        wallets.grantVoucher(console.acme.accountId(), "CNY", new BigDecimal(amount), expires, least, reference);
    }

    private void buyCard(String amount, String reference) {
        wallets.buyCard(console.acme.accountId(), "CNY", new BigDecimal(amount), SUMMER, reference);
    }

    private HttpResponse<String> file() {
        return console.browserOfPayer("acme").get("/fee-center/cards-and-vouchers.csv");
    }

    @Test
    void theFileHoldsEachCardAndVoucherWithWhatCameAndWhatIsLeft() {
        // Given
        grant("5.00", SUMMER, "", "gift 1");
        grant("80.00", SUMMER, "1000.00", "gift 2");
        grant("7.00", Instant.parse("2026-03-01T00:00:00Z"), "", "gift 3");
        buyCard("100", "card 1");
        wallets.topUp(console.acme.accountId(), "CNY", new BigDecimal("9.00"), "not in this file");

        // When
        bills.post(bills.line("log", "12.00"));
        bills.settle();

        // Then
        assertThat(file().headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"cards-and-vouchers-acme.csv\"");
        assertThat(file().body().lines())
                .containsExactly(
                        HEADER,
                        "VOUCHER,VOUCHER_GRANT,gift 1,2026-03-10T09:20:00Z,5.00,0.00,,2026-06-01T00:00:00Z,false,CNY",
                        "THRESHOLD_VOUCHER,VOUCHER_GRANT,gift 2,2026-03-10T09:20:00Z,80.00,80.00,1000.00,"
                                + "2026-06-01T00:00:00Z,false,CNY",
                        "VOUCHER,VOUCHER_GRANT,gift 3,2026-03-10T09:20:00Z,7.00,7.00,,2026-03-01T00:00:00Z,true,CNY",
                        "CARD,CARD_PURCHASE,card 1,2026-03-10T09:20:00Z,100,93.00,,2026-06-01T00:00:00Z,false,CNY");
    }

    @Test
    void aCardWhosePriceFilledDebtIsThereWithNothingOnIt() {
        bills.post(bills.line("log", "100.00"));
        bills.settle();
        buyCard("100", "card 1");

        assertThat(file().body().lines()).containsExactly(HEADER, "CARD,,,,0,0,,2026-06-01T00:00:00Z,false,CNY");
    }

    @Test
    void noCellIsAFormula() {
        grant("5.00", SUMMER, "", "=HYPERLINK(\"http://evil\")");

        assertThat(file().body()).contains(",\"'=HYPERLINK(\"\"http://evil\"\")\",");
    }

    @Test
    void theWalletPageLeadsToTheFile() {
        assertThat(console.browserOfPayer("acme")
                        .open("/fee-center/wallet")
                        .select("a[download]")
                        .attr("href"))
                .isEqualTo("/fee-center/cards-and-vouchers.csv");
    }

    @Test
    void theCardsAndVouchersOfAnotherAccountAreOthers() {
        grant("5.00", SUMMER, "", "gift 1");
        bills.otherAccount();

        assertThat(console.browserOfPayer("umbrella")
                        .get("/fee-center/cards-and-vouchers.csv")
                        .body()
                        .lines())
                .containsExactly(HEADER);
        assertThat(console.browser()
                        .get("/fee-center/cards-and-vouchers.csv")
                        .uri()
                        .getPath())
                .isEqualTo("/fee-center/sign-in");
    }
}
