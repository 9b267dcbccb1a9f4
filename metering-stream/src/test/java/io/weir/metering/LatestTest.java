package io.weir.metering;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who is heard of a partition that moves. */
class LatestTest {

    private final Latest<String> latest = new Latest<>();

    @Test
    void aTaskThatHasGoneIsNotHeard() {
        // Given
        latest.arrived(0, "step", "first");
        latest.gone(0, "step");

        // When
        latest.tell(0, "step", "fenced");

        // Then
        assertThat(latest.of(0)).isEmpty();
        assertThat(latest.all()).isEmpty();
    }

    @Test
    void theLastWordOfAnOldTaskDoesNotSilenceTheNewOne() {
        // Given
        latest.arrived(0, "old", "old");
        latest.arrived(0, "new", "new");

        // When
        latest.tell(0, "old", "fenced");
        latest.gone(0, "old");

        // Then
        assertThat(latest.of(0)).contains("new");
    }
}
