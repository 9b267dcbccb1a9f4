package io.weir.metering;

import static io.weir.metering.SmallWorld.WORKSPACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.usage.MeterTotal;
import io.weir.usage.MeteredUsage;
import io.weir.usage.Reading;
import io.weir.usage.UsageEvent;
import io.weir.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Repeats, absurd quantities and times, and what must become of them (rules.md §3, checks 8 to 13, and §4). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadUsageTest {

    private static final long LIMIT = 1_000_000_000_000L;
    private static final Duration LARGEST_AGE = Duration.ofDays(35);
    private static final Duration SKEW = Duration.ofMinutes(5);

    private Neighbours neighbours;

    @BeforeAll
    void begin(@TempDir Path state) {
        neighbours = new Neighbours(state);
    }

    @AfterAll
    void end() {
        neighbours.close();
    }

    @ParameterizedTest
    @MethodSource({"identities", "quantities", "times"})
    void usageHasItsOutcomeAndTheLineGoesOn(BadInput input) {
        // When
        String outcome = input.arrival().apply(neighbours);

        // Then
        assertThat(outcome).isEqualTo(input.outcome());
        neighbours.assertTheLineGoesOn();
    }

    static Stream<BadInput> identities() {
        return Stream.of(
                both("a repeat by sequence", 0L, 0L, again -> again, "ACCEPTED, DUPLICATE"),
                both("a repeat by id", null, null, again -> again, "ACCEPTED, DUPLICATE"),
                both("a repeat by sequence with another quantity", 0L, 0L, BadUsageTest::other, "ACCEPTED, DUPLICATE"),
                both(
                        "a repeat by id with another quantity",
                        null,
                        null,
                        BadUsageTest::other,
                        "ACCEPTED, REJECTED ID_REUSE"),
                both(
                        "one id from two sources",
                        null,
                        null,
                        again -> again.setSource("other-" + again.getSource()),
                        "ACCEPTED, ACCEPTED"),
                new BadInput("one id in two workspaces", BadUsageTest::inTwoWorkspaces, "ACCEPTED, ACCEPTED"),
                both("sequence 5 before 0", 5L, 0L, again -> again, "ACCEPTED, ACCEPTED"),
                new BadInput(
                        "a repeat under another key", BadUsageTest::underAnotherKey, "ACCEPTED, REJECTED KEY_MISMATCH"),
                new BadInput(
                        "a number that was refused, repaired and sent again",
                        BadUsageTest::repaired,
                        "REJECTED BAD_QUANTITY, ACCEPTED, DUPLICATE"));
    }

    static Stream<BadInput> quantities() {
        return Stream.of(
                quantity("a quantity of 0", 0, "ACCEPTED"),
                quantity("a quantity of -1", -1, "REJECTED BAD_QUANTITY"),
                quantity("the smallest quantity there is", Long.MIN_VALUE, "REJECTED BAD_QUANTITY"),
                quantity("the limit of the meter", LIMIT, "ACCEPTED"),
                quantity("the limit and one", LIMIT + 1, "REJECTED BAD_QUANTITY"),
                quantity("the largest quantity there is", Long.MAX_VALUE, "REJECTED BAD_QUANTITY"),
                quantity("a thousand times what is usual", 1_000_000, "ACCEPTED"));
    }

    static Stream<BadInput> times() {
        return Stream.of(
                time("a negative time", at -> Instant.ofEpochMilli(-1), "REJECTED TOO_OLD"),
                time("time 0", at -> Instant.EPOCH, "REJECTED TOO_OLD"),
                time("the largest time there is", at -> Instant.ofEpochMilli(Long.MAX_VALUE), "REJECTED FUTURE"),
                time("the smallest time there is", at -> Instant.ofEpochMilli(Long.MIN_VALUE), "REJECTED TOO_OLD"),
                time("5 min ahead", at -> at.plus(SKEW), "ACCEPTED"),
                time("5 min and 1 ms ahead", at -> at.plus(SKEW).plusMillis(1), "REJECTED FUTURE"),
                time("35 days old", at -> at.minus(LARGEST_AGE), "ACCEPTED"),
                time("35 days and 1 ms old", at -> at.minus(LARGEST_AGE).minusMillis(1), "REJECTED TOO_OLD"),
                time("the year 2199", at -> Instant.parse("2199-01-01T00:00:00Z"), "REJECTED FUTURE"),
                time(
                        "seconds in the place of milliseconds",
                        at -> Instant.ofEpochMilli(at.getEpochSecond()),
                        "REJECTED TOO_OLD"),
                time(
                        "microseconds in the place of milliseconds",
                        at -> Instant.ofEpochMilli(at.toEpochMilli() * 1000),
                        "REJECTED FUTURE"));
    }

    @Test
    void aRepeatAfterARestartIsADuplicate() {
        // Given
        UsageEvent numbered = neighbours.event().build();
        UsageEvent named = neighbours.event().setSequence(null).build();
        assertThat(List.of(neighbours.outcomeOf(numbered), neighbours.outcomeOf(named)))
                .containsExactly("ACCEPTED", "ACCEPTED");

        // When
        neighbours.world.line.restart();

        // Then
        assertThat(List.of(neighbours.outcomeOf(numbered), neighbours.outcomeOf(named)))
                .containsExactly("DUPLICATE", "DUPLICATE");
        neighbours.assertTheLineGoesOn();
    }

    @Test
    void aRepeatIsADuplicateAsLongAsItIsNotTooOld() {
        // Given
        Instant first = neighbours.now();
        UsageEvent event = neighbours
                .event()
                .setSequence(null)
                .setOccurredAt(first.plus(SKEW))
                .build();
        byte[] value = neighbours.world.line.written(Topics.USAGE_EVENTS, event);
        Instant last = first.plus(LARGEST_AGE).plus(SKEW);

        // When / Then
        assertThat(neighbours.outcomeOf(first, WORKSPACE, value)).isEqualTo("ACCEPTED");
        assertThat(neighbours.outcomeOf(first.plus(Duration.ofHours(1)), WORKSPACE, value))
                .isEqualTo("DUPLICATE");
        assertThat(neighbours.outcomeOf(last, WORKSPACE, value)).isEqualTo("DUPLICATE");
        assertThat(neighbours.outcomeOf(last.plusMillis(1), WORKSPACE, value)).isEqualTo("REJECTED TOO_OLD");
        neighbours.assertTheLineGoesOn();
    }

    @Test
    void sumsGoBeyond64Bits() {
        // Given
        String workspace = neighbours.newWorkspace();

        // When
        for (int each = 0; each < 3; each++) {
            UsageEvent event = neighbours
                    .event(workspace)
                    .setReadings(List.of(new Reading("meter_0", Long.MAX_VALUE)))
                    .build();
            assertThat(neighbours.outcomeOf(event)).isEqualTo("ACCEPTED");
        }

        // Then
        neighbours.assertTheLineGoesOn();
        neighbours.linesOf(workspace);
        assertThat(neighbours.world.line.metered())
                .filteredOn(usage -> usage.getWorkspaceId().equals(workspace))
                .flatExtracting(MeteredUsage::getMeters)
                .extracting(MeterTotal::getTotal)
                .containsExactly("27670116110564327421");
    }

    private interface Second {
        UsageEvent.Builder of(UsageEvent.Builder first);
    }

    private static BadInput both(
            String what, @Nullable Long firstNumber, @Nullable Long secondNumber, Second second, String outcome) {
        return new BadInput(
                what,
                to -> {
                    UsageEvent first = to.event().setSequence(firstNumber).build();
                    UsageEvent.Builder again = UsageEvent.newBuilder(first).setSequence(secondNumber);
                    return to.outcomeOf(first) + ", "
                            + to.outcomeOf(second.of(again).build());
                },
                outcome);
    }

    private static UsageEvent.Builder other(UsageEvent.Builder event) {
        return event.setReadings(List.of(reading(2)));
    }

    private static String inTwoWorkspaces(Neighbours to) {
        UsageEvent first = to.event().setSequence(null).build();
        UsageEvent second =
                UsageEvent.newBuilder(first).setWorkspaceId(to.newWorkspace()).build();
        return to.outcomeOf(first) + ", " + to.outcomeOf(second);
    }

    private static String underAnotherKey(Neighbours to) {
        UsageEvent event = to.event().build();
        return to.outcomeOf(event) + ", " + to.outcomeOf("wksp_2", event);
    }

    private static String repaired(Neighbours to) {
        UsageEvent good = to.event().build();
        UsageEvent bad =
                UsageEvent.newBuilder(good).setReadings(List.of(reading(-1))).build();
        return String.join(", ", to.outcomeOf(bad), to.outcomeOf(good), to.outcomeOf(good));
    }

    private static BadInput quantity(String what, long quantity, String outcome) {
        return new BadInput(
                what,
                to -> to.outcomeOf(
                        to.event().setReadings(List.of(reading(quantity))).build()),
                outcome);
    }

    private interface Time {
        Instant of(Instant now);
    }

    private static BadInput time(String what, Time time, String outcome) {
        return new BadInput(
                what,
                to -> to.outcomeOf(to.event().setOccurredAt(time.of(to.now())).build()),
                outcome);
    }

    private static Reading reading(long quantity) {
        return new Reading("log_records", quantity);
    }
}
