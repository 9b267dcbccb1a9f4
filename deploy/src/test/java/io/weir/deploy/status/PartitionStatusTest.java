package io.weir.deploy.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionStatusTest {

    private static final Instant CLOCK = Instant.parse("2026-03-02T10:00:00Z");
    private static final String HAS_THE_PARTITION =
            "weir_partition_clock_seconds{partition=\"0\"} " + CLOCK.getEpochSecond() + ".0\n";

    private final Verdict verdict = new Verdict();

    @Test
    void aYoungClockIsWell() {
        partition(HAS_THE_PARTITION, CLOCK.plusSeconds(5), 0).judge(verdict, true);

        assertThat(verdict.notWell()).isEmpty();
        assertThat(verdict.worthALook()).isEmpty();
    }

    @Test
    void aClockThatStandsIsNotWellUnlessSomebodyElseMovesIt() {
        // When
        partition(HAS_THE_PARTITION, CLOCK.plusSeconds(3_700), 0).judge(verdict, false);

        // Then
        assertThat(verdict.isWell()).isTrue();

        // When
        partition(HAS_THE_PARTITION, CLOCK.plusSeconds(3_700), 7).judge(verdict, true);

        // Then
        assertThat(verdict.notWell())
                .containsExactly("partition 0: its clock is 1 h 1 min old; 7 records wait: the stream is behind");
    }

    @Test
    void aPartitionThatNobodyHasIsNotWell() {
        partition("weir_partition_clock_seconds{partition=\"0\"} NaN\n", CLOCK, 7)
                .judge(verdict, true);

        assertThat(verdict.notWell()).containsExactly("partition 0: no instance says that it has it; 7 records wait");
    }

    @Test
    void whatIsDueForLongIsNotWell() {
        // Given
        String due = "weir_oldest_due_seconds{partition=\"0\"} "
                + CLOCK.minusSeconds(700).getEpochSecond() + "\n";

        // When
        partition(HAS_THE_PARTITION + due, CLOCK, 0).judge(verdict, true);

        // Then
        assertThat(verdict.notWell())
                .containsExactly("partition 0: a close or a correction is due for 11 min 40 s and not done:"
                        + " the stream's log says why");
    }

    @Test
    void whatIsHeldOrMissingIsWorthALook() {
        // When
        partition(
                        HAS_THE_PARTITION
                                + "weir_held_days{partition=\"0\"} 2.0\nweir_usage_missing_numbers{partition=\"0\"} 3.0\n",
                        CLOCK,
                        0)
                .judge(verdict, true);

        // Then
        assertThat(verdict.isWell()).isTrue();
        assertThat(verdict.worthALook()).hasSize(2).anyMatch(text -> text.contains("weir held list"));
    }

    private static PartitionStatus partition(String metrics, Instant now, long lag) {
        return new PartitionStatus(0, lag, Scrape.of(List.of(metrics)), now);
    }
}
