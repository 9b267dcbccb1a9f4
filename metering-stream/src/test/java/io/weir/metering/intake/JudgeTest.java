package io.weir.metering.intake;

import static io.weir.metering.intake.Outcome.ACCEPTED;
import static io.weir.metering.intake.Outcome.DUPLICATE;
import static io.weir.metering.intake.Outcome.REJECTED;
import static io.weir.metering.intake.Outcome.REROUTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.usage.Reading;
import io.weir.usage.Reason;
import io.weir.usage.UsageEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Identities that were seen, and records on the wrong partition (rules.md §3, §4). */
class JudgeTest {

    private static final Instant TEN = Instant.parse("2026-03-02T10:00:00Z");
    private static final Duration REMEMBERED = Duration.ofDays(35).plusMinutes(5);
    private static final String WORKSPACE = MemoryJudge.WORKSPACE;

    private final MemoryJudge judge = new MemoryJudge();

    @Test
    void aRepeatBySequenceIsADuplicate() {
        // Given
        judge.judge(TEN, numbered(7L));

        // When / Then
        assertThat(judge.judge(TEN, numbered(7L))).isEqualTo(DUPLICATE);
    }

    @Test
    void aRepeatBySequenceIsADuplicateWhateverItsContent() {
        // Given
        judge.judge(TEN, numbered(7L));

        // When / Then
        assertThat(judge.judge(TEN, event(WORKSPACE, "source", 7L, "other-id", TEN, reading("series", 9))))
                .isEqualTo(DUPLICATE);
    }

    @Test
    void numbersArriveInAnyOrder() {
        // Given
        judge.judge(TEN, numbered(5L));

        // When / Then
        assertThat(judge.judge(TEN, numbered(0L))).isEqualTo(ACCEPTED);
        assertThat(judge.judge(TEN, numbered(Long.MAX_VALUE))).isEqualTo(ACCEPTED);
        assertThat(judge.judge(TEN, numbered(4L))).isEqualTo(ACCEPTED);
        assertThat(judge.judge(TEN, numbered(5L))).isEqualTo(DUPLICATE);
    }

    @Test
    void aRefusedNumberMayBeSentAgainRepaired() {
        // Given
        judge.judge(TEN, event(WORKSPACE, "source", 7L, "id", TEN, reading("unknown", 1)));

        // When / Then
        assertThat(judge.judge(TEN, numbered(7L))).isEqualTo(ACCEPTED);
    }

    @Test
    void aRepeatByIdWithTheSameContentIsADuplicate() {
        // Given
        judge.judge(TEN, named("id"));

        // When / Then
        assertThat(judge.judge(TEN.plusSeconds(9), named("id"))).isEqualTo(DUPLICATE);
    }

    @Test
    void readingsInAnotherOrderAreTheSameContent() {
        // Given
        Reading spans = new Reading("spans", 1L);
        Reading series = new Reading("series", 2L);
        judge.judge(TEN, event(WORKSPACE, "source", null, "id", TEN, List.of(spans, series)));

        // When / Then
        assertThat(judge.judge(TEN, event(WORKSPACE, "source", null, "id", TEN, List.of(series, spans))))
                .isEqualTo(DUPLICATE);
    }

    @Test
    void anIdWithAnotherQuantityIsReused() {
        // Given
        judge.judge(TEN, named("id"));

        // When / Then
        assertReused(event(WORKSPACE, "source", null, "id", TEN, reading("spans", 2)));
    }

    @Test
    void anIdWithAnotherMeterIsReused() {
        // Given
        judge.judge(TEN, named("id"));

        // When / Then
        assertReused(event(WORKSPACE, "source", null, "id", TEN, reading("series", 1)));
    }

    @Test
    void anIdWithAnotherTimeIsReused() {
        // Given
        judge.judge(TEN, named("id"));

        // When / Then
        assertReused(event(WORKSPACE, "source", null, "id", TEN.minusMillis(1), reading("spans", 1)));
    }

    @Test
    void anIdWithAnotherResourceIsReused() {
        // Given
        judge.judge(TEN, named("id"));

        // When / Then
        assertReused(new UsageEvent(WORKSPACE, "source", null, "id", TEN, "index", reading("spans", 1)));
    }

    @Test
    void quantitiesThatChangePlacesAreOtherContent() {
        // Given
        judge.judge(
                TEN,
                event(
                        WORKSPACE,
                        "source",
                        null,
                        "id",
                        TEN,
                        List.of(new Reading("spans", 1L), new Reading("series", 2L))));

        // When / Then
        assertReused(event(
                WORKSPACE, "source", null, "id", TEN, List.of(new Reading("spans", 2L), new Reading("series", 1L))));
    }

    @Test
    void oneIdFromTwoSourcesOrTwoWorkspacesIsTwoEvents() {
        // Given
        judge.judge(TEN, named("id"));

        // When / Then
        assertThat(judge.judge(TEN, event(WORKSPACE, "other-source", null, "id", TEN, reading("spans", 2))))
                .isEqualTo(ACCEPTED);
        assertThat(judge.judge(TEN, event("wksp_2", "source", null, "id", TEN, reading("spans", 2))))
                .isEqualTo(ACCEPTED);
    }

    @Test
    void oneNumberFromTwoSourcesOrTwoWorkspacesIsTwoEvents() {
        // Given
        judge.judge(TEN, numbered(7L));

        // When / Then
        assertThat(judge.judge(TEN, event(WORKSPACE, "other-source", 7L, "id", TEN, reading("spans", 1))))
                .isEqualTo(ACCEPTED);
        assertThat(judge.judge(TEN, event("wksp_2", "source", 7L, "id", TEN, reading("spans", 1))))
                .isEqualTo(ACCEPTED);
    }

    @Test
    void aNumberAndAnIdOfTheSameDigitsAreTwoEvents() {
        // Given
        judge.judge(TEN, numbered(7L));

        // When / Then
        assertThat(judge.judge(TEN, named("7"))).isEqualTo(ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 7})
    void anIdentityIsRememberedAsLongAsACopyCouldBeAccepted(long sequence) {
        // Given
        Instant occurredAt = TEN.plus(Duration.ofMinutes(5));
        judge.judge(TEN, at(occurredAt, sequence));

        // When / Then
        assertThat(judge.judge(TEN.plus(REMEMBERED), at(occurredAt, sequence))).isEqualTo(DUPLICATE);
        assertThat(judge.judge(TEN.plus(REMEMBERED).plusMillis(1), at(occurredAt, sequence)))
                .isEqualTo(REJECTED);
        assertThat(judge.rejection().reason()).isEqualTo(Reason.TOO_OLD);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 7})
    void anIdentityIsForgottenOneMillisecondLater(long sequence) {
        // Given
        judge.judge(TEN, at(TEN, sequence));
        Instant forgotten = TEN.plus(REMEMBERED).plusMillis(1);

        // When / Then
        assertThat(judge.judge(forgotten, at(forgotten, sequence))).isEqualTo(ACCEPTED);
        assertThat(judge.judge(forgotten, at(forgotten, sequence))).isEqualTo(DUPLICATE);
    }

    @Test
    void aDuplicateDoesNotProlongTheMemoryOfAnId() {
        // Given
        judge.judge(TEN, at(TEN, -1));
        Instant shortlyBefore = TEN.plus(Duration.ofDays(34));
        judge.judge(shortlyBefore, at(TEN, -1));
        Instant forgotten = TEN.plus(REMEMBERED).plusMillis(1);

        // When / Then
        assertThat(judge.judge(forgotten, at(forgotten, -1))).isEqualTo(ACCEPTED);
    }

    @Test
    void anAcceptedEventProlongsTheMemoryOfItsSource() {
        // Given
        judge.judge(TEN, at(TEN, 7));
        Instant later = TEN.plus(Duration.ofDays(34));
        judge.judge(later, at(later, 8));
        Instant last = TEN.plus(REMEMBERED).plusMillis(1);

        // When / Then
        assertThat(judge.judge(last, at(last, 7))).isEqualTo(DUPLICATE);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 7})
    void identitiesOutliveARestart(long sequence) {
        // Given
        judge.judge(TEN, at(TEN, sequence));

        // When
        judge.restart();

        // Then
        assertThat(judge.judge(TEN, at(TEN, sequence))).isEqualTo(DUPLICATE);
    }

    @Test
    void aRecordOnTheWrongPartitionIsRerouted() {
        assertThat(judge.judge(TEN, event("away", "source", 1L, "id", TEN, reading("spans", 1))))
                .isEqualTo(REROUTED);
    }

    @Test
    void aWrongKeyIsFoundBeforeAWrongPartition() {
        // When
        Outcome outcome = judge.judge(TEN, "away", numbered(1L));

        // Then
        assertThat(outcome).isEqualTo(REJECTED);
        assertThat(judge.rejection().reason()).isEqualTo(Reason.KEY_MISMATCH);
    }

    @Test
    void aWrongPartitionIsFoundBeforeAnUnknownMeter() {
        assertThat(judge.judge(TEN, event("away", "source", 1L, "id", TEN, reading("unknown", 1))))
                .isEqualTo(REROUTED);
    }

    private void assertReused(UsageEvent event) {
        assertThat(judge.judge(TEN, event)).isEqualTo(REJECTED);
        assertThat(judge.rejection().reason()).isEqualTo(Reason.ID_REUSE);
    }

    private static UsageEvent numbered(Long sequence) {
        return event(WORKSPACE, "source", sequence, "id", TEN, reading("spans", 1));
    }

    private static UsageEvent named(String eventId) {
        return event(WORKSPACE, "source", null, eventId, TEN, reading("spans", 1));
    }

    /** An event that occurred then, with this number; below 0 with an id instead. */
    private static UsageEvent at(Instant occurredAt, long sequence) {
        return event(WORKSPACE, "source", sequence < 0 ? null : sequence, "id", occurredAt, reading("spans", 1));
    }

    private static List<Reading> reading(String meter, long quantity) {
        return List.of(new Reading(meter, quantity));
    }

    private static UsageEvent event(
            String workspaceId,
            String source,
            @Nullable Long sequence,
            String eventId,
            Instant occurredAt,
            List<Reading> readings) {
        return new UsageEvent(workspaceId, source, sequence, eventId, occurredAt, "", readings);
    }
}
