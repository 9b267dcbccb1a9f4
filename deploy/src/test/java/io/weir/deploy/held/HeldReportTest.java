package io.weir.deploy.held;

import static io.weir.feecenter.ledger.HoldReason.ACCOUNT_STOPPED;
import static io.weir.feecenter.ledger.HoldReason.BAD_AMOUNT;
import static io.weir.feecenter.ledger.HoldReason.LEDGER_CONFLICT;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.HeldLine;
import io.weir.billing.HoldReason;
import io.weir.feecenter.ledger.HeldBackLine;
import io.weir.feecenter.ledger.StoppedAccount;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeldReportTest {

    private static final Instant NOW = Instant.parse("2026-03-05T12:00:00Z");
    private static final HeldLines LINES = new HeldLines(
            List.of(
                    charge(1, HoldReason.NO_PRICE, "USD"),
                    charge(3, HoldReason.NO_PRICE, "USD"),
                    charge(2, HoldReason.UNKNOWN_ACCOUNT, null)),
            List.of(
                    heldBack(17, LEDGER_CONFLICT, false),
                    heldBack(18, ACCOUNT_STOPPED, false),
                    heldBack(19, ACCOUNT_STOPPED, false),
                    heldBack(3, BAD_AMOUNT, true)),
            List.of(new StoppedAccount(
                    "acct_stopped",
                    LEDGER_CONFLICT,
                    "the line stands in the ledger with other content",
                    0,
                    17,
                    NOW.minusSeconds(3 * 3600))));

    @Test
    void tellsWhatIsHeldByWhatReleasesItAndWhatIsHeldBackByAccount() {
        assertThat(report()).isEqualTo("""
                        Held by the metering stream: 3 charges; each is billed by itself once this is done
                          NO_PRICE  publish a price in USD for log, retention 14 days
                              2 charges, days 2026-03-01 to 2026-03-03, held for 3 d 0 h
                              wksp_a of acct_held
                          UNKNOWN_ACCOUNT  publish the account acct_held
                              1 charges, days 2026-03-02 to 2026-03-02, held for 2 d 0 h
                              wksp_a of acct_held

                        Held back by the ledger: 3 lines, 1 accounts stopped; written off: 1 lines
                          acct_stopped  stopped for 3 h 0 min
                            0:17  LEDGER_CONFLICT  held for 3 h 0 min
                                the line stands in the ledger with other content
                            and 2 lines that wait behind
                            When it is clear what happened: weir held write-off --line, then weir held release
                        """);
    }

    @Test
    void fitsInto100Columns() {
        assertThat(report().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void givesEveryChargeAndEveryLineAsCsv() throws IOException {
        StringWriter out = new StringWriter();

        HeldCsv.print(LINES, out);

        assertThat(out.toString().lines())
                .hasSize(8)
                .contains(
                        "METERING_STREAM,acct_held,2026-03-02,wksp_a,,log,14,10,,,UNKNOWN_ACCOUNT,,2026-03-03T12:00:00Z,,,,",
                        "LEDGER,acct_stopped,,,,,,,,,BAD_AMOUNT,the line stands in the ledger with other content,"
                                + "2026-03-05T09:00:00Z,0,3,,true");
    }

    private static String report() {
        StringWriter text = new StringWriter();
        try (PrintWriter out = new PrintWriter(text)) {
            new HeldReport(out, NOW).print(LINES);
        }
        return text.toString();
    }

    private static HeldCharge charge(int day, HoldReason reason, @Nullable String currency) {
        HeldLine line = new HeldLine(
                LocalDate.of(2026, 3, day), "acct_held", "wksp_a", "", "log", 14, reason, "10", "0", currency, 5L);
        return new HeldCharge(line, Instant.parse("2026-03-0%dT12:00:00Z".formatted(day + 1)));
    }

    private static HeldBackLine heldBack(long offset, io.weir.feecenter.ledger.HoldReason reason, boolean writtenOff) {
        return new HeldBackLine(
                0,
                offset,
                "acct_stopped",
                reason,
                "the line stands in the ledger with other content",
                NOW.minusSeconds(3 * 3600),
                writtenOff,
                null);
    }
}
