package io.weir.metering.recomputation;

import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.metering.recomputation.LocalHours.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalHoursTest {

    @ParameterizedTest
    @CsvSource({
        "Asia/Shanghai, 2026-03-02, 24, 2026-03-01T16:00:00Z, 2026-03-02T16:00:00Z, 60",
        "Asia/Kolkata, 2026-03-02, 24, 2026-03-01T18:30:00Z, 2026-03-02T18:30:00Z, 60",
        "Europe/Berlin, 2026-03-29, 23, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z, 60",
        "Europe/Berlin, 2026-10-25, 25, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z, 60",
        "Australia/Lord_Howe, 2026-04-05, 25, 2026-04-04T13:00:00Z, 2026-04-05T13:30:00Z, 30",
        "Australia/Lord_Howe, 2026-10-04, 24, 2026-10-03T13:30:00Z, 2026-10-04T13:00:00Z, 30",
        "America/St_Johns, 2010-11-06, 25, 2010-11-06T02:30:00Z, 2010-11-07T03:30:00Z, 59",
        "Pacific/Apia, 2011-12-29, 24, 2011-12-29T10:00:00Z, 2011-12-30T10:00:00Z, 60",
    })
    void cutsADayIntoItsWindows(
            ZoneId zone, LocalDate day, int windows, Instant start, Instant end, long shortestMinutes) {
        // When
        List<Window> hours = LocalHours.of(zone).of(day);

        // Then
        assertThat(hours).hasSize(windows);
        assertThat(hours.get(0).start()).isEqualTo(start);
        assertThat(hours.get(windows - 1).end()).isEqualTo(end);
        assertThat(hours.stream().mapToLong(window -> MINUTES.between(window.start(), window.end())))
                .contains(shortestMinutes)
                .allMatch(minutes -> minutes >= shortestMinutes && minutes <= 60);
    }

    @ParameterizedTest
    @CsvSource({
        "Asia/Kolkata, 2026-03-02T10:30:00Z, 2026-03-02T10:30:00Z",
        "Asia/Kolkata, 2026-03-02T10:30:00.001Z, 2026-03-02T11:30:00Z",
        "Australia/Lord_Howe, 2026-04-04T14:10:00Z, 2026-04-04T15:00:00Z",
        "Australia/Lord_Howe, 2026-04-04T15:00:00.001Z, 2026-04-04T15:30:00Z",
    })
    void letsAChangeCountFromTheFirstWindowThatStartsAtOrAfterIt(ZoneId zone, Instant effectiveFrom, Instant start) {
        // When
        Instant counted = LocalHours.of(zone).startAtOrAfter(effectiveFrom);

        // Then
        assertThat(counted).isEqualTo(start);
    }
}
