package io.weir.metering.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Corrections and hourly totals are issued at full hours of UTC (rules.md §7). */
class FullHoursTest {

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T10:00:00Z, 2026-03-02T10:00:00Z, 2026-03-02T10:00:00Z, 2026-03-02T11:00:00Z",
        "2026-03-02T10:00:00.001Z, 2026-03-02T10:00:00Z, 2026-03-02T11:00:00Z, 2026-03-02T11:00:00Z",
        "2026-03-02T10:59:59.999Z, 2026-03-02T10:00:00Z, 2026-03-02T11:00:00Z, 2026-03-02T11:00:00Z",
        "1969-12-31T23:59:59.999Z, 1969-12-31T23:00:00Z, 1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
    })
    void aFullHourIsItsOwnLastButNotItsOwnNext(Instant instant, Instant atOrBefore, Instant atOrAfter, Instant after) {
        // When
        long millis = instant.toEpochMilli();

        // Then
        assertThat(FullHours.atOrBefore(millis)).isEqualTo(atOrBefore.toEpochMilli());
        assertThat(FullHours.atOrAfter(millis)).isEqualTo(atOrAfter.toEpochMilli());
        assertThat(FullHours.after(millis)).isEqualTo(after.toEpochMilli());
    }
}
