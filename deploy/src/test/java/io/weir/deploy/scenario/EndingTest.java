package io.weir.deploy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EndingTest {

    private final Ending ending = new Ending(Instant.parse("2026-03-03T23:00:01.999Z"));

    @Test
    void theFirstHeartbeatClosesADayOf25HoursAndTheNextIsAFullHourLater() {
        // Given
        Duration grace = Duration.ofHours(1);

        // Then
        assertThat(ending.heartbeats().get(0)).isAfter(ending.usageEndsBy().plus(grace));
        assertThat(ending.finalClock()).isEqualTo(Instant.parse("2026-03-07T00:00:00Z"));
    }

    @Test
    void noDayIsForgottenByThen() {
        assertThat(Duration.between(ending.lastIngest(), ending.finalClock())).isLessThan(Duration.ofDays(35));
    }
}
