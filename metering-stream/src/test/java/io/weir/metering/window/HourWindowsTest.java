package io.weir.metering.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows start on local full hours and where the offset changes; a day is its local calendar day (rules.md §2). */
class HourWindowsTest {

    @ParameterizedTest
    @CsvSource({
        "UTC, 2026-03-02T10:00:00Z, 2026-03-02T10:00:00Z, 2026-03-02T11:00:00Z",
        "UTC, 2026-03-02T10:59:59.999Z, 2026-03-02T10:00:00Z, 2026-03-02T11:00:00Z",
        "UTC, 2026-03-02T11:00:00Z, 2026-03-02T11:00:00Z, 2026-03-02T12:00:00Z",
        "Asia/Shanghai, 2026-03-02T10:20:00Z, 2026-03-02T10:00:00Z, 2026-03-02T11:00:00Z",
        "Asia/Kolkata, 2026-03-02T10:20:00Z, 2026-03-02T09:30:00Z, 2026-03-02T10:30:00Z",
        "Asia/Kathmandu, 2026-03-02T10:20:00Z, 2026-03-02T10:15:00Z, 2026-03-02T11:15:00Z",
        "UTC, 1969-12-31T23:59:59.999Z, 1969-12-31T23:00:00Z, 1970-01-01T00:00:00Z",
    })
    void aWindowIsALocalFullHourHalfOpen(ZoneId zone, Instant instant, Instant start, Instant end) {
        // When
        Window window = new HourWindows(zone).at(instant.toEpochMilli());

        // Then
        assertThat(window.startMillis()).isEqualTo(start.toEpochMilli());
        assertThat(window.endMillis()).isEqualTo(end.toEpochMilli());
    }

    @ParameterizedTest
    @CsvSource({
        "UTC, 2026-03-02, 24",
        "Asia/Kolkata, 2026-03-02, 24",
        "Europe/Berlin, 2026-03-29, 23",
        "Europe/Berlin, 2026-10-25, 25",
        "America/Santiago, 2026-09-06, 23",
        "America/Santiago, 2026-04-04, 25",
        "Australia/Lord_Howe, 2026-10-04, 24",
        "Australia/Lord_Howe, 2026-04-05, 25",
        "UTC, 2028-02-29, 24",
        "Pacific/Kiritimati, 2026-12-31, 24",
        "Pacific/Apia, 2011-12-29, 24",
        "Pacific/Apia, 2011-12-30, 0",
        "Pacific/Apia, 2011-12-31, 24",
    })
    void aDayHasAsManyWindowsAsItsClockShows(ZoneId zone, LocalDate day, int windows) {
        assertThat(new HourWindows(zone).ofDay(day)).hasSize(windows);
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-03-29",
        "Europe/Berlin, 2026-10-25",
        "Australia/Lord_Howe, 2026-10-04",
        "Australia/Lord_Howe, 2026-04-05",
        "America/Santiago, 2026-09-06",
        "America/Santiago, 2026-04-04",
        "Asia/Kolkata, 2028-02-29",
        "America/St_Johns, 2026-11-01",
    })
    void theWindowsOfADayFollowEachOtherFromItsFirstInstantToTheNextDaysFirst(ZoneId zone, LocalDate day) {
        // When
        List<Window> windows = new HourWindows(zone).ofDay(day);

        // Then
        long expectedStart = day.atStartOfDay(zone).toInstant().toEpochMilli();
        for (Window window : windows) {
            assertThat(window.startMillis()).isEqualTo(expectedStart);
            assertThat(window.day()).isEqualTo(day);
            expectedStart = window.endMillis();
        }
        assertThat(expectedStart)
                .isEqualTo(day.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli());
        assertThat(new HourWindows(zone).endOf(day)).isEqualTo(expectedStart);
    }

    @Test
    void aChangeByHalfAnHourForwardMakesOneShortWindow() {
        // Given
        HourWindows hours = new HourWindows(ZoneId.of("Australia/Lord_Howe"));

        // When
        List<Window> windows = hours.ofDay(LocalDate.parse("2026-10-04"));

        // Then
        assertThat(windows)
                .filteredOn(window -> length(window).compareTo(Duration.ofHours(1)) < 0)
                .containsExactly(new Window(
                        Instant.parse("2026-10-03T15:30:00Z").toEpochMilli(),
                        Instant.parse("2026-10-03T16:00:00Z").toEpochMilli(),
                        LocalDate.parse("2026-10-04")));
    }

    @Test
    void aChangeByHalfAnHourBackMakesOneShortWindow() {
        // Given
        HourWindows hours = new HourWindows(ZoneId.of("Australia/Lord_Howe"));

        // When
        List<Window> windows = hours.ofDay(LocalDate.parse("2026-04-05"));

        // Then
        assertThat(windows)
                .filteredOn(window -> length(window).compareTo(Duration.ofHours(1)) < 0)
                .containsExactly(new Window(
                        Instant.parse("2026-04-04T15:00:00Z").toEpochMilli(),
                        Instant.parse("2026-04-04T15:30:00Z").toEpochMilli(),
                        LocalDate.parse("2026-04-05")));
    }

    @Test
    void theHourThatIsRepeatedIsTwoWindows() {
        // Given
        HourWindows hours = new HourWindows(ZoneId.of("Europe/Berlin"));

        // When
        Window first = hours.at(Instant.parse("2026-10-25T00:30:00Z").toEpochMilli());
        Window second = hours.at(Instant.parse("2026-10-25T01:30:00Z").toEpochMilli());

        // Then
        assertThat(first.endMillis()).isEqualTo(second.startMillis());
        assertThat(first.day()).isEqualTo(second.day());
    }

    @Test
    void theFirstWindowOfADayWithoutMidnightStartsAtOneOClock() {
        // Given
        HourWindows hours = new HourWindows(ZoneId.of("America/Santiago"));

        // When
        Window first = hours.ofDay(LocalDate.parse("2026-09-06")).get(0);

        // Then
        assertThat(Instant.ofEpochMilli(first.startMillis())).isEqualTo("2026-09-06T04:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "UTC, 2026-03-02T10:00:00Z, 2026-03-02T10:00:00Z",
        "UTC, 2026-03-02T10:00:00.001Z, 2026-03-02T11:00:00Z",
        "UTC, 2026-03-02T10:59:59.999Z, 2026-03-02T11:00:00Z",
        "Asia/Kolkata, 2026-03-02T10:00:00Z, 2026-03-02T10:30:00Z",
        "Australia/Lord_Howe, 2026-10-03T15:29:00Z, 2026-10-03T15:30:00Z",
        "Australia/Lord_Howe, 2026-10-03T15:31:00Z, 2026-10-03T16:00:00Z",
    })
    void aChangeInsideAWindowCountsFromTheNext(ZoneId zone, Instant change, Instant counts) {
        // When
        long start = new HourWindows(zone).firstStartFrom(change.toEpochMilli());

        // Then
        assertThat(Instant.ofEpochMilli(start)).isEqualTo(counts);
    }

    private static Duration length(Window window) {
        return Duration.ofMillis(window.endMillis() - window.startMillis());
    }
}
