package io.weir.metering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.metering.intake.Outcome;
import io.weir.metering.intake.PartitionState;
import io.weir.usage.Reason;
import org.junit.jupiter.api.Test;

class CommittedCountsTest {

    @Test
    void theCountsAreThoseOfTheStoredState() {
        // Given
        PartitionState state = new PartitionState(4);
        state.count(Outcome.ACCEPTED);
        state.count(Outcome.HEARTBEAT);
        state.countRejected(Reason.FUTURE);

        // When
        CommittedCounts counts =
                CommittedCounts.read("intake".getBytes(UTF_8), state.stored()).orElseThrow();

        // Then
        assertThat(counts.records()).isEqualTo(3);
        assertThat(counts.of("ACCEPTED")).isEqualTo(1);
        assertThat(counts.byReason()).containsEntry(Reason.FUTURE, 1L).containsEntry(Reason.TOO_OLD, 0L);
    }

    @Test
    void otherEntriesOfTheStoreHoldNoCounts() {
        assertThat(CommittedCounts.read("control".getBytes(UTF_8), new byte[] {1}))
                .isEmpty();
    }
}
