package io.weir.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final List<String> LOG = List.of("2026-03-02", "log", "2.40");
    private static final List<String> TRACE = List.of("2026-03-02", "trace", "1.00");

    @Test
    void equalTablesDifferNowhere() {
        assertThat(Comparison.rows("bill", List.of(LOG, TRACE), List.of(LOG, TRACE)))
                .isEmpty();
    }

    @Test
    void anotherAmountIsOneRowMissingAndOneTooMuch() {
        assertThat(Comparison.rows("bill", List.of(LOG), List.of(List.of("2026-03-02", "log", "2.41"))))
                .containsExactly("bill: missing 2026-03-02,log,2.40", "bill: too much 2026-03-02,log,2.41");
    }

    @Test
    void aRowThatStandsTwiceIsTooMuch() {
        assertThat(Comparison.rows("lines", List.of(LOG), List.of(LOG, LOG)))
                .containsExactly("lines: too much 2026-03-02,log,2.40");
    }

    @Test
    void anotherOrderIsADifference() {
        assertThat(Comparison.rows("bill", List.of(LOG, TRACE), List.of(TRACE, LOG)))
                .containsExactly("bill: the same rows in another order");
    }
}
