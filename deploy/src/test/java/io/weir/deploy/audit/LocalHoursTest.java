package io.weir.deploy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class LocalHoursTest {

    @Test
    void aWindowIsALocalHourAlsoWhereTheOffsetHasHalfAnHour() {
        assertThat(window("Asia/Kolkata", "2026-03-02T10:45:00Z"))
                .isEqualTo(span("2026-03-02T10:30:00Z", "2026-03-02T11:30:00Z"));
    }

    @Test
    void aChangeByHalfAnHourCutsAWindow() {
        assertThat(window("Australia/Lord_Howe", "2026-04-04T15:10:00Z"))
                .isEqualTo(span("2026-04-04T15:00:00Z", "2026-04-04T15:30:00Z"));
    }

    @Test
    void theDayIsThatOfTheSite() {
        assertThat(hours("Asia/Shanghai")
                        .dayOf(Instant.parse("2026-03-01T16:00:00Z").toEpochMilli()))
                .isEqualTo(LocalDate.of(2026, 3, 2));
    }

    private static LocalHours.Window window(String zone, String instant) {
        return hours(zone).at(Instant.parse(instant).toEpochMilli());
    }

    private static LocalHours hours(String zone) {
        return new LocalHours(ZoneId.of(zone).getRules());
    }

    private static LocalHours.Window span(String from, String until) {
        return new LocalHours.Window(
                Instant.parse(from).toEpochMilli(), Instant.parse(until).toEpochMilli());
    }
}
