package io.weir.deploy.lines;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.AppliedPrice;
import io.weir.billing.BillLine;
import io.weir.billing.LineKind;
import io.weir.usage.MeterTotal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    private static final AppliedPrice PRICE =
            new AppliedPrice("2024-09", LocalDate.of(2023, 11, 2), "1000000", "unit 1.2");
    private static final List<MeterTotal> METERS =
            List.of(new MeterTotal("log_records", "2004167", 12L, "0123456789abcdef0123456789abcdef"));

    @Test
    void aLineSaysHowItCameAbout() {
        assertThat(explained(line("2.41", PRICE, METERS))).isEqualTo("""
                2026-03-02  wksp_a  log, retention 7 days  CNY 2.41
                    line       0c3bda3c77cc698562f975b329d98499, revision 1, account acct_a
                    used       log_records 2004167 (12 events)
                    quantity   2004167 = 2.004167 units of 1000000
                    price      unit 1.2; book 2024-09, from 2023-11-02
                               2.004167 × 1.2
                               = 2.4050004, rounded half up: 2.41
                    this line  corrects the revisions before it, which came to 1.81, by quantity 500000, amount 0.60
                    known      bindings [1], control records up to offset 212
                """);
    }

    @Test
    void anAmountThatDoesNotFollowFromItsFieldsIsNamed() {
        assertThat(explained(line("9.99", PRICE, METERS)))
                .contains("rounded half up: 2.41 – but the line says 9.99: weir audit");
    }

    @Test
    void whereNothingIsLeftNothingIsPriced() {
        assertThat(explained(line("0.00", null, List.of())))
                .contains("used       nothing", "price      nothing is left to pay for");
    }

    private static BillLine line(String netAmount, @Nullable AppliedPrice price, List<MeterTotal> meters) {
        return new BillLine(
                "0c3bda3c77cc698562f975b329d98499",
                LocalDate.of(2026, 3, 2),
                "acct_a",
                "wksp_a",
                "",
                "log",
                7,
                1,
                LineKind.CORRECTION,
                "500000",
                "0.60",
                "CNY",
                "2004167",
                netAmount,
                price,
                meters,
                null,
                null,
                List.of(1L),
                212L);
    }

    private static String explained(BillLine line) {
        StringWriter text = new StringWriter();
        new Explanation(new PrintWriter(text, true)).print(line);
        return text.toString();
    }
}
