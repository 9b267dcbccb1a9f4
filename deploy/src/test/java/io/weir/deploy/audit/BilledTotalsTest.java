package io.weir.deploy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.usage.MeterTotal;
import java.math.BigInteger;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BilledTotalsTest {

    private static final long HOUR = Instant.parse("2026-03-02T10:00:00Z").toEpochMilli();

    private final Check check = new Check("lines");
    private final OpenDays openDays = new OpenDays();
    private final BilledTotals billed = new BilledTotals(TestFacts.facts());

    @Test
    void theAccountsOfADayTogetherMayBeBilledWhatWasMetered() {
        bill("acct_a", "log_records", "60");
        bill("acct_b", "log_records", "40");
        meter("log_records", 100);
        assertThat(violations()).isEmpty();
    }

    @Test
    void moreThanWasMeteredIsNamed() {
        bill("acct_a", "log_records", "60");
        bill("acct_b", "log_records", "41");
        meter("log_records", 100);
        assertThat(violations()).singleElement().asString().contains("name 101 log_records, but only 100 were metered");
    }

    @Test
    void peaksOfSeveralAccountsDoNotAddUp() {
        bill("acct_a", "series", "60");
        bill("acct_b", "series", "60");
        meter("series", 60);
        assertThat(violations()).isEmpty();
    }

    @Test
    void aDayWhoseWindowsChangeIsNotJudgedYet() {
        bill("acct_a", "log_records", "60");
        openDays.add("wksp", TestLine.DAY);
        assertThat(violations()).isEmpty();
    }

    private void bill(String account, String meter, String total) {
        billed.add(
                new LineKey(TestLine.DAY, account, "wksp", "", "item", null),
                new MeterTotal(meter, total, 1L, TestLine.DIGEST));
    }

    private void meter(String meter, long total) {
        WindowTotal window = new WindowTotal();
        window.add(meter, false, BigInteger.valueOf(total));
        billed.addMetered(new WindowKey("wksp", "", HOUR), window);
    }

    private Iterable<String> violations() {
        billed.compare(true, openDays, check);
        return check.violations();
    }
}
