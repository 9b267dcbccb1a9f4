package io.weir.deploy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.usage.MeterTotal;
import io.weir.usage.MeteredUsage;
import io.weir.usage.Reading;
import io.weir.usage.UsageEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowComparisonTest {

    private static final Instant HOUR = Instant.parse("2026-03-02T10:00:00Z");
    private static final long DONE = Instant.parse("2026-03-02T11:00:00Z").toEpochMilli();

    private final Check check = new Check("quantities");
    private final OpenDays openDays = new OpenDays();
    private final UsageTotals totals = new UsageTotals(TestFacts.facts(), check);
    private final MeteredWindows published = new MeteredWindows();
    private final WindowComparison comparison = new WindowComparison(TestFacts.facts(), openDays, check);

    @Test
    void sumsAddUpAndPeaksKeepTheLargest() {
        use(5, 7);
        use(6, 3);
        publish(2, "11", "7");
        assertThat(violations()).isEmpty();
    }

    @Test
    void aLostEventIsNamedWithItsWindow() {
        use(5, 7);
        use(6, 3);
        publish(1, "5", "7");
        assertThat(violations())
                .singleElement()
                .asString()
                .contains(
                        "workspace wksp, window from 2026-03-02T10:00:00Z",
                        "2 events",
                        "log_records=11",
                        "log_records=5");
    }

    @Test
    void aWindowThatWasNeverPublishedIsNamed() {
        use(5, 7);
        assertThat(violations()).singleElement().asString().contains("none on metered-usage");
    }

    @Test
    void aWindowWithoutEventsIsNamed() {
        publish(1, "5", "7");
        assertThat(violations()).singleElement().asString().contains("none on usage-events");
    }

    @Test
    void theLastRecordOfAWindowCounts() {
        use(5, 7);
        publish(3, "99", "99");
        publish(1, "5", "7");
        assertThat(violations()).isEmpty();
    }

    @Test
    void aWindowThatIsDueLaterIsNotJudgedYet() {
        // Given
        use(5, 7);

        // When
        comparison.compare(totals.byWindow(), published.byWindow(), DONE - 1, Long.MIN_VALUE);
        comparison.sayWhat();

        // Then
        assertThat(check.violations()).isEmpty();
        assertThat(check.remarks()).anyMatch(text -> text.startsWith("1 windows are not comparable yet"));
        assertThat(openDays.holds("wksp", TestLine.DAY)).isTrue();
    }

    private void use(long logRecords, long series) {
        Instant at = HOUR.plusSeconds(1800);
        totals.add(
                new UsageEvent(
                        "wksp",
                        "source",
                        0L,
                        "event",
                        at,
                        "",
                        List.of(new Reading("log_records", logRecords), new Reading("series", series))),
                at.toEpochMilli());
    }

    private void publish(long events, String logRecords, String series) {
        published.add(new MeteredUsage(
                "wksp",
                "",
                HOUR,
                HOUR.plusSeconds(3600),
                events,
                List.of(
                        new MeterTotal("log_records", logRecords, events, TestLine.DIGEST),
                        new MeterTotal("series", series, events, TestLine.DIGEST))));
    }

    private List<String> violations() {
        comparison.compare(totals.byWindow(), published.byWindow(), DONE, Long.MIN_VALUE);
        return check.violations();
    }
}
