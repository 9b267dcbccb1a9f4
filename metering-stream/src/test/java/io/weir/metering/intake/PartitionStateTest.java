package io.weir.metering.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.usage.Reason;
import org.junit.jupiter.api.Test;

/** What is known of a partition as a whole (rules.md §2, §3). */
class PartitionStateTest {

    private final PartitionState partition = new PartitionState(12);

    @Test
    void theClockIsTheLargestIngestTimeSoFar() {
        // When
        partition.advanceClock(2000);
        partition.advanceClock(3000);
        partition.advanceClock(1000);

        // Then
        assertThat(partition.clockMillis()).isEqualTo(3000);
    }

    @Test
    void isTheSameAfterItWasStored() {
        // Given
        partition.advanceClock(3000);
        partition.count(Outcome.ACCEPTED);
        partition.count(Outcome.ACCEPTED);
        partition.count(Outcome.HEARTBEAT);
        partition.countRejected(Reason.TOO_OLD);

        // When
        PartitionState restored = PartitionState.restored(partition.stored());

        // Then
        assertThat(restored.partitions()).isEqualTo(12);
        assertThat(restored.clockMillis()).isEqualTo(3000);
        assertThat(restored.counts().records()).isEqualTo(4);
        assertThat(restored.counts().of(Outcome.ACCEPTED)).isEqualTo(2);
        assertThat(restored.counts().of(Outcome.REJECTED)).isEqualTo(1);
        assertThat(restored.counts().of(Reason.TOO_OLD)).isEqualTo(1);
    }

    @Test
    void aReportIsNotChangedByWhatComesLater() {
        // Given
        OutcomeCounts reported = partition.counts();

        // When
        partition.count(Outcome.ACCEPTED);

        // Then
        assertThat(reported.of(Outcome.ACCEPTED)).isZero();
    }
}
