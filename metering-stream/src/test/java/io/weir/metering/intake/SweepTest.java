package io.weir.metering.intake;

import static io.weir.metering.intake.Outcome.ACCEPTED;
import static io.weir.metering.intake.Outcome.DUPLICATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.usage.Reading;
import io.weir.usage.UsageEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What is forgotten leaves the state, and no outcome depends on when (rules.md §4). */
class SweepTest {

    private static final Instant TEN = Instant.parse("2026-03-02T10:00:00Z");
    private static final Duration REMEMBERED = Duration.ofDays(35).plusMinutes(5);

    private final MemoryJudge judge = new MemoryJudge();

    @Test
    void sourcesAndIdsLeaveTheStateWhenTheyAreForgotten() {
        // Given
        for (int number = 0; number < 2_000; number++) {
            judge.judge(TEN, event("source-" + number, 0, TEN));
            judge.judge(TEN, event("source-" + number, -1, TEN));
        }
        judge.commit();
        assertThat(judge.remembered()).isEqualTo(4_000);

        // When
        judge.tick(TEN.plus(REMEMBERED).plus(Duration.ofDays(1)));
        judge.sweep();
        judge.commit();

        // Then
        assertThat(judge.remembered()).isZero();
        assertThat(judge.liveSources()).isZero();
    }

    @Test
    void whatIsStillRememberedStays() {
        // Given
        judge.judge(TEN, event("old", 0, TEN));
        judge.judge(TEN, event("old", -1, TEN));
        Instant later = TEN.plus(Duration.ofDays(20));
        judge.judge(later, event("young", 0, later));
        judge.judge(later, event("young", -1, later));
        judge.commit();

        // When
        judge.tick(TEN.plus(Duration.ofDays(40)));
        judge.sweep();
        judge.commit();

        // Then
        assertThat(judge.remembered()).isEqualTo(2);
        assertThat(judge.judge(later, event("young", 0, later))).isEqualTo(DUPLICATE);
        assertThat(judge.judge(later, event("young", -1, later))).isEqualTo(DUPLICATE);
    }

    @Test
    void aSourceOfManyEntriesLeavesWhole() {
        // Given
        for (int number = 0; number < 20_000; number++) {
            judge.judge(TEN, event("source", 2L * number, TEN));
        }
        judge.commit();
        assertThat(judge.remembered()).isEqualTo(3);

        // When
        judge.tick(TEN.plus(Duration.ofDays(36)));
        judge.sweep();

        // Then
        assertThat(judge.remembered()).isZero();
    }

    @Test
    void anAcceptedEventThatIsNotWrittenYetSurvivesTheSweep() {
        // Given
        judge.judge(TEN, event("source", 0, TEN));
        judge.judge(TEN, event("source", -1, TEN));
        judge.commit();
        Instant later = TEN.plus(Duration.ofDays(36));
        judge.judge(later, event("source", 0, later));
        judge.judge(later, event("source", -1, later));

        // When
        judge.sweep();
        judge.restart();

        // Then
        assertThat(judge.judge(later, event("source", 0, later))).isEqualTo(DUPLICATE);
        assertThat(judge.judge(later, event("source", -1, later))).isEqualTo(DUPLICATE);
    }

    @Test
    void afterAJumpOfYearsAllIsForgottenAndNewEventsAreTakenIn() {
        // Given
        judge.judge(TEN, event("source", 0, TEN));
        judge.judge(TEN, event("source", -1, TEN));
        judge.commit();

        // When
        Instant later = TEN.plus(Duration.ofDays(3650));
        judge.tick(later);
        judge.sweep();

        // Then
        assertThat(judge.remembered()).isZero();
        assertThat(judge.judge(later, event("source", 0, later))).isEqualTo(ACCEPTED);
        assertThat(judge.judge(later, event("source", -1, later))).isEqualTo(ACCEPTED);
    }

    @Property(tries = 200)
    void outcomesAreTheSameWithAndWithoutIt(@ForAll long seed) {
        // Given
        MemoryJudge swept = new MemoryJudge();
        MemoryJudge unswept = new MemoryJudge();
        Random random = new Random(seed);
        Instant now = TEN;

        // When / Then
        for (int step = 0; step < 300; step++) {
            now = now.plus(Duration.ofHours(random.nextInt(48)));
            Instant ingest = now.minus(Duration.ofHours(random.nextInt(900)));
            UsageEvent event = event("source-" + random.nextInt(3), random.nextInt(20) - 5, ingest);
            assertThat(swept.judge(ingest, event)).isEqualTo(unswept.judge(ingest, event));
            if (random.nextBoolean()) {
                swept.sweep();
            }
            if (random.nextInt(3) == 0) {
                swept.commit();
                unswept.commit();
            }
            if (random.nextInt(10) == 0) {
                swept.restart();
                unswept.restart();
            }
        }
    }

    /** An event with this number; below 0 with an id instead. */
    private static UsageEvent event(String source, long sequence, Instant occurredAt) {
        return new UsageEvent(
                MemoryJudge.WORKSPACE,
                source,
                sequence < 0 ? null : sequence,
                "id" + Math.min(sequence, 0),
                occurredAt,
                "",
                List.of(new Reading("spans", 1L)));
    }
}
