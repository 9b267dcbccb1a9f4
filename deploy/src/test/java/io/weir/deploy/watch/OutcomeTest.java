package io.weir.deploy.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutcomeTest {

    @Test
    void labelsAreReadInAnyOrder() {
        assertThat(Outcome.labelled("outcome=\"REJECTED\",partition=\"0\",reason=\"FUTURE\""))
                .isEqualTo(new Outcome("REJECTED", "FUTURE"));
        assertThat(Outcome.labelled("reason=\"\",outcome=\"HEARTBEAT\"")).isEqualTo(Outcome.HEARTBEAT);
    }

    @Test
    void outcomesAreSortedAsText() {
        assertThat(new Outcome("ACCEPTED", "")).isLessThan(new Outcome("REJECTED", "BAD_FIELD"));
        assertThat(new Outcome("REJECTED", "BAD_FIELD")).isLessThan(new Outcome("REJECTED", "FUTURE"));
    }
}
