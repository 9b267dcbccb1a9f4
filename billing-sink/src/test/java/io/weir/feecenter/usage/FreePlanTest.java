package io.weir.feecenter.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The quotas of the Free plan (fee-center-rules.md §2). */
class FreePlanTest {

    /** §2: the limits of the Free plan, and that it has neither forwarding nor SMS. */
    @Test
    void everyQuotaIsShownAlsoWithoutUse() {
        assertThat(FreePlan.against(List.of()))
                .extracting(quota -> quota.item() + " " + quota.limit() + " " + quota.used())
                .containsExactly(
                        "timeseries 3000 0",
                        "log 1000000 0",
                        "apm_trace 8000 0",
                        "apm_profile 60 0",
                        "rum_pv 2000 0",
                        "session_replay 1000 0",
                        "synthetic 200000 0",
                        "trigger 100000 0",
                        "forwarding_external 0 0",
                        "forwarding_internal 0 0",
                        "sms 0 0");
    }

    /** §2: a full item stops being stored; Weir only says that it is full. */
    @ParameterizedTest
    @CsvSource({"log_records, 999999, log, false", "log_records, 1000000, log, true", "page_views, 2001, rum_pv, true"})
    void anItemIsFullFromItsLimitOn(String meter, String used, String item, boolean full) {
        List<MeterUse> today = List.of(new MeterUse(meter, new BigDecimal(used)));

        assertThat(FreePlan.against(today))
                .filteredOn(quota -> quota.item().equals(item))
                .singleElement()
                .satisfies(quota -> assertThat(quota.used()).isEqualTo(used))
                .extracting(QuotaUse::isFull)
                .isEqualTo(full);
    }

    /** §2: traces are counted, not the tenth of their spans for which the commercial plan would charge. */
    @Test
    void spansDoNotFillTheQuotaOfTraces() {
        List<MeterUse> today = List.of(new MeterUse("spans", new BigDecimal(1_000_000)));

        assertThat(FreePlan.against(today))
                .allSatisfy(quota -> assertThat(quota.used()).isEqualByComparingTo("0"));
    }
}
