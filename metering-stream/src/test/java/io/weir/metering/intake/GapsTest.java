package io.weir.metering.intake;

import static io.weir.metering.intake.Outcome.ACCEPTED;
import static io.weir.metering.intake.Outcome.REJECTED;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.usage.Reading;
import io.weir.usage.UsageEvent;
import io.weir.usage.UsageGaps;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What a source's producer numbered and nobody accepted is reported (rules.md §4). */
class GapsTest {

    private static final Instant TEN = Instant.parse("2026-03-02T10:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration REMEMBERED = Duration.ofDays(35).plusMinutes(5);

    private final MemoryJudge judge = new MemoryJudge();

    @Test
    void aNumberIsReportedAtTheFullHourAtWhichItIsMissingForMoreThanAnHour() {
        // Given
        use(TEN.plusMillis(1), 0, 5);

        // When
        judge.tick(TEN.plus(HOUR));
        judge.tick(TEN.plus(HOUR.multipliedBy(2)).minusMillis(1));

        // Then
        assertThat(reports()).isEmpty();
        judge.tick(TEN.plus(HOUR.multipliedBy(2)));
        assertThat(reports()).containsExactly("2026-03-02T12:00:00Z source: 1-4, 1 runs, 4 numbers");
    }

    @Test
    void whatIsMissingForExactlyAnHourIsNotReportedYet() {
        // Given
        use(TEN, 0, 5);

        // When
        judge.tick(TEN.plus(HOUR));

        // Then
        assertThat(reports()).isEmpty();
    }

    @Test
    void nothingIsReportedOfNumbersThatArriveWithinTheHour() {
        // Given
        use(TEN, 5, 0, 1, 2);

        // When
        use(TEN.plus(HOUR), 3, 4);
        judge.tick(TEN.plus(HOUR.multipliedBy(9)));

        // Then
        assertThat(reports()).isEmpty();
    }

    @Test
    void aGapThatHasClosedLeavesTheReports() {
        // Given
        use(TEN, 5);
        judge.tick(TEN.plus(HOUR.multipliedBy(2)));

        // When
        use(TEN.plus(HOUR.multipliedBy(3)), 0, 1, 2, 3, 4);
        judge.tick(TEN.plus(HOUR.multipliedBy(4)));

        // Then
        assertThat(reports())
                .containsExactly(
                        "2026-03-02T12:00:00Z source: 0-4, 1 runs, 5 numbers",
                        "2026-03-02T14:00:00Z source: , 0 runs, 0 numbers");
        assertThat(judge.missing()).isZero();
    }

    @Test
    void whatHasNotChangedIsNotReportedAgain() {
        // Given
        use(TEN, 0, 2);

        // When
        for (int hour = 1; hour < 48; hour++) {
            use(TEN.plus(HOUR.multipliedBy(hour)), 2 + hour);
        }

        // Then
        assertThat(reports()).hasSize(1);
    }

    @Test
    void asManyOtherNumbersAreAChange() {
        // Given
        use(TEN, 0, 2);
        use(TEN.plus(HOUR.multipliedBy(2)), 4);

        // When
        use(TEN.plus(HOUR.multipliedBy(3)), 1);
        judge.tick(TEN.plus(HOUR.multipliedBy(9)));

        // Then
        assertThat(reports())
                .containsExactly(
                        "2026-03-02T12:00:00Z source: 1-1, 1 runs, 1 numbers",
                        "2026-03-02T14:00:00Z source: 3-3, 1 runs, 1 numbers");
    }

    @Test
    void aRefusedNumberIsMissingUntilItIsSentAgainRepaired() {
        // Given
        use(TEN, 0);
        assertThat(judge.judge(TEN, event(1, new Reading("unknown", 1L)))).isEqualTo(REJECTED);
        use(TEN, 2);

        // When
        judge.tick(TEN.plus(HOUR.multipliedBy(2)));
        use(TEN.plus(HOUR.multipliedBy(2)), 1);
        judge.tick(TEN.plus(HOUR.multipliedBy(3)));

        // Then
        assertThat(reports())
                .containsExactly(
                        "2026-03-02T12:00:00Z source: 1-1, 1 runs, 1 numbers",
                        "2026-03-02T13:00:00Z source: , 0 runs, 0 numbers");
    }

    @Test
    void theLargestNumberLeavesOneRunBelowIt() {
        // When
        use(TEN, Long.MAX_VALUE);
        judge.tick(TEN.plus(HOUR.multipliedBy(2)));

        // Then
        assertThat(reports())
                .containsExactly(
                        "2026-03-02T12:00:00Z source: 0-9223372036854775806, 1 runs, 9223372036854775807 numbers");
    }

    @Test
    void theNumbersOfAllSourcesTogetherAreCountedBeyond64Bits() {
        // Given
        for (String source : List.of("one", "two", "three")) {
            judge.judge(TEN, event(source, Long.MAX_VALUE, TEN, new Reading("spans", 1L)));
        }

        // When
        judge.tick(TEN.plus(HOUR.multipliedBy(2)));

        // Then
        assertThat(judge.missing()).isEqualTo(BigInteger.valueOf(Long.MAX_VALUE).multiply(BigInteger.valueOf(3)));
    }

    @Test
    void aReportNamesAThousandRunsAndCountsAll() {
        // When
        use(TEN, LongStream.range(0, 5_000).map(number -> 2 * number + 1).toArray());
        judge.tick(TEN.plus(HOUR.multipliedBy(2)));

        // Then
        assertThat(judge.gapReports()).singleElement().satisfies(report -> {
            assertThat(report.getMissingRuns()).hasSize(1_000);
            assertThat(report.getMissingRuns().get(999).getFirst()).isEqualTo(1_998);
            assertThat(report.getRuns()).isEqualTo(5_000);
            assertThat(report.getNumbers()).isEqualTo(5_000);
        });
    }

    @Test
    void theReportIsFinalWhenTheSourceIsForgotten() {
        // Given
        use(TEN, 0, 2);
        judge.tick(TEN.plus(REMEMBERED));

        // When
        judge.tick(TEN.plus(REMEMBERED).plusMillis(1));

        // Then
        assertThat(reports())
                .containsExactly(
                        "2026-03-02T12:00:00Z source: 1-1, 1 runs, 1 numbers",
                        "2026-04-06T10:05:00.001Z source: 1-1, 1 runs, 1 numbers, final");
        assertThat(judge.missing()).isZero();
    }

    @Test
    void aSourceWithoutGapsEndsInSilence() {
        // Given
        use(TEN, 0, 1, 2);

        // When
        judge.tick(TEN.plus(REMEMBERED).plusMillis(1));

        // Then
        assertThat(reports()).isEmpty();
    }

    @Test
    void aJumpOfYearsReportsWhatWasDueOnTheWay() {
        // Given
        use(TEN.plusSeconds(1), 0, 2);
        use(TEN.plus(HOUR).plusSeconds(1), 4);

        // When
        Instant later = TEN.plus(Duration.ofDays(3650));
        assertThat(judge.judge(later, event("source", 0, later, new Reading("spans", 1L))))
                .isEqualTo(ACCEPTED);

        // Then
        assertThat(reports())
                .containsExactly(
                        "2026-03-02T12:00:00Z source: 1-1, 1 runs, 1 numbers",
                        "2026-03-02T13:00:00Z source: 1-1 3-3, 2 runs, 2 numbers",
                        "2026-04-06T11:05:01.001Z source: 1-1 3-3, 2 runs, 2 numbers, final");
    }

    @Property(tries = 200)
    void theReportsDependNeitherOnSlicesNorOnRestartsNorOnSweeps(@ForAll long seed) {
        // Given
        MemoryJudge quiet = new MemoryJudge();
        MemoryJudge disturbed = new MemoryJudge();
        Random random = new Random(seed);
        Instant now = TEN;

        // When
        for (int step = 0; step < 150; step++) {
            now = now.plusSeconds(random.nextInt(10) == 0 ? random.nextInt(40 * 86_400) : random.nextInt(3_000));
            UsageEvent event = event("source-" + random.nextInt(2), random.nextInt(30), now, new Reading("spans", 1L));
            assertThat(disturbed.judge(now, event)).isEqualTo(quiet.judge(now, event));
            disturb(disturbed, random, now);
        }
        quiet.tick(now.plus(REMEMBERED).plus(HOUR));
        disturbed.tick(now.plus(REMEMBERED).plus(HOUR));

        // Then
        assertThat(bySource(disturbed.gapReports(), "source-0")).isEqualTo(bySource(quiet.gapReports(), "source-0"));
        assertThat(disturbed.missing()).isEqualTo(quiet.missing()).isZero();
    }

    private static void disturb(MemoryJudge judge, Random random, Instant now) {
        switch (random.nextInt(5)) {
            case 0 -> judge.tick(now);
            case 1 -> judge.restart();
            case 2 -> judge.sweep();
            case 3 -> judge.commit();
            default -> {}
        }
    }

    private static List<String> bySource(List<UsageGaps> reports, String source) {
        return reports.stream()
                .filter(report -> report.getSource().equals(source))
                .map(GapsTest::said)
                .toList();
    }

    @Property(tries = 200)
    void reportsWhatASlowSearchFinds(@ForAll long seed) {
        // Given
        MemoryJudge judged = new MemoryJudge();
        Random random = new Random(seed);
        List<SlowGaps.Arrival> arrivals = new ArrayList<>();
        Instant now = TEN;

        // When
        for (int step = 0; step < 100; step++) {
            now = now.plusSeconds(random.nextInt(2_000));
            long number = random.nextInt(25);
            if (judged.judge(now, event("source", number, now, new Reading("spans", 1L))) == ACCEPTED) {
                arrivals.add(new SlowGaps.Arrival(now, number));
            }
        }
        Instant end = now.plus(HOUR.multipliedBy(3));
        judged.tick(end);

        // Then
        assertThat(judged.gapReports().stream().map(GapsTest::said)).isEqualTo(SlowGaps.reports(arrivals, TEN, end));
    }

    private void use(Instant ingest, long... sequences) {
        for (long sequence : sequences) {
            assertThat(judge.judge(ingest, event("source", sequence, ingest, new Reading("spans", 1L))))
                    .isEqualTo(ACCEPTED);
        }
    }

    private List<String> reports() {
        return judge.gapReports().stream().map(GapsTest::said).toList();
    }

    private static String said(UsageGaps report) {
        String runs = report.getMissingRuns().stream()
                .map(run -> run.getFirst() + "-" + run.getLast())
                .collect(joining(" "));
        return "%s %s: %s, %d runs, %d numbers%s"
                .formatted(
                        report.getAsOf(),
                        report.getSource(),
                        runs,
                        report.getRuns(),
                        report.getNumbers(),
                        report.getIsFinal() ? ", final" : "");
    }

    private static UsageEvent event(long sequence, Reading reading) {
        return event("source", sequence, TEN, reading);
    }

    private static UsageEvent event(String source, long sequence, Instant occurredAt, Reading reading) {
        return new UsageEvent(MemoryJudge.WORKSPACE, source, sequence, "id", occurredAt, "", List.of(reading));
    }
}
