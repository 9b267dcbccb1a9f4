package io.weir.metering.window;

import static io.weir.metering.window.Agenda.Kind.CLOSE;
import static io.weir.metering.window.Agenda.Kind.CORRECT;
import static io.weir.metering.window.Agenda.Kind.FORGET;
import static io.weir.metering.window.Agenda.Kind.HELD;
import static io.weir.metering.window.Agenda.Kind.PUBLISH;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** What is due when, and in which order it is done (rules.md §2). */
class AgendaTest {

    private static final LocalDate MONDAY = LocalDate.parse("2026-03-02");
    private static final LocalDate TUESDAY = MONDAY.plusDays(1);

    private final KeyValueStore<Bytes, byte[]> store =
            Stores.inMemoryKeyValueStore("agenda").get();
    private final Agenda agenda = new Agenda(store);

    @Test
    void closesBeforeItCorrectsAndCorrectsBeforeItForgets() {
        // Given
        Agenda.Plan plan = agenda.of("workspace");
        plan.at(FORGET, MONDAY, 1);
        plan.at(CORRECT, TUESDAY, 2);
        plan.at(CORRECT, MONDAY, 3);
        plan.at(CLOSE, TUESDAY, 4);
        plan.at(PUBLISH, TUESDAY, 5);

        // When / Then
        assertThat(plan.due(5))
                .containsExactly(
                        new Agenda.Entry(PUBLISH, TUESDAY),
                        new Agenda.Entry(CLOSE, TUESDAY),
                        new Agenda.Entry(CORRECT, MONDAY),
                        new Agenda.Entry(CORRECT, TUESDAY),
                        new Agenda.Entry(FORGET, MONDAY));
    }

    @Test
    void countsTheDaysOfWhichAPartIsHeldAlsoAfterARestart() {
        // Given
        agenda.of("one").at(HELD, MONDAY, 1);
        agenda.of("one").at(HELD, MONDAY, 1);
        agenda.of("one").at(HELD, TUESDAY, 1);
        agenda.of("other").at(HELD, MONDAY, 1);

        // When
        agenda.of("one").done(HELD, MONDAY);
        agenda.of("one").done(HELD, MONDAY);

        // Then
        assertThat(agenda.heldDays()).isEqualTo(2);
        assertThat(new Agenda(store).heldDays()).isEqualTo(2);
    }

    @Test
    void tellsHowMuchIsDueWhenAlsoAfterARestart() {
        // Given
        agenda.of("one").at(CLOSE, MONDAY, 1000);
        agenda.of("one").at(CLOSE, TUESDAY, 2000);
        agenda.of("other").at(CLOSE, MONDAY, 1000);
        agenda.of("other").at(CORRECT, TUESDAY, 1);

        // When
        agenda.of("other").at(CLOSE, MONDAY, 1500);
        agenda.of("one").done(CLOSE, TUESDAY);

        // Then
        for (Agenda each : List.of(agenda, new Agenda(store))) {
            assertThat(each.instants(CLOSE).count()).isEqualTo(2);
            assertThat(each.instants(CLOSE).first()).hasValue(1000);
            assertThat(each.instants(CLOSE).countUpTo(999)).isZero();
            assertThat(each.instants(CLOSE).countUpTo(1000)).isEqualTo(1);
            assertThat(each.instants(CLOSE).countUpTo(1500)).isEqualTo(2);
            assertThat(each.instants(FORGET).first()).isEmpty();
        }
    }

    @Test
    void isDueFromItsInstantOnAndNotBefore() {
        // Given
        Agenda.Plan plan = agenda.of("workspace");
        plan.at(CLOSE, MONDAY, 1000);

        // When / Then
        assertThat(agenda.firstDue(999)).isNull();
        assertThat(agenda.firstDue(1000)).isSameAs(plan);
        assertThat(plan.due(999)).isEmpty();
        assertThat(plan.due(1000)).containsExactly(new Agenda.Entry(CLOSE, MONDAY));
    }

    @Test
    void takesTheWorkspaceThatHasBeenDueLongestFirst() {
        // Given
        agenda.of("a").at(CLOSE, MONDAY, 3000);
        agenda.of("b").at(CLOSE, MONDAY, 1000);
        agenda.of("c").at(CLOSE, MONDAY, 2000);

        // When
        Agenda.Plan first = Objects.requireNonNull(agenda.firstDue(5000));
        first.done(CLOSE, MONDAY);
        Agenda.Plan second = Objects.requireNonNull(agenda.firstDue(5000));

        // Then
        assertThat(first.workspaceId()).isEqualTo("b");
        assertThat(second.workspaceId()).isEqualTo("c");
    }

    @Test
    void keepsTheEarlierInstantOfTwoPlansForOneThing() {
        // Given
        Agenda.Plan plan = agenda.of("workspace");

        // When
        plan.atLatest(CORRECT, MONDAY, 2000);
        plan.atLatest(CORRECT, MONDAY, 3000);
        plan.atLatest(CORRECT, MONDAY, 1000);

        // Then
        assertThat(plan.nextDueMillis()).isEqualTo(1000);
    }

    @Test
    void putsAPlanOffWhenToldTo() {
        // Given
        Agenda.Plan plan = agenda.of("workspace");
        plan.at(FORGET, MONDAY, 1000);

        // When
        plan.at(FORGET, MONDAY, 2000);

        // Then
        assertThat(agenda.firstDue(1999)).isNull();
        assertThat(plan.due(2000)).containsExactly(new Agenda.Entry(FORGET, MONDAY));
    }

    @Test
    void nothingIsDueWhenAllIsDone() {
        // Given
        Agenda.Plan plan = agenda.of("workspace");
        plan.at(CLOSE, MONDAY, 1000);

        // When
        plan.done(CLOSE, MONDAY);

        // Then
        assertThat(agenda.firstDue(Long.MAX_VALUE)).isNull();
        assertThat(store.approximateNumEntries()).isZero();
    }

    @Test
    void isTheSameAfterItWasReadFromItsStore() {
        // Given
        agenda.of("a").at(CLOSE, MONDAY, 1000);
        agenda.of("a").at(FORGET, MONDAY, 5000);
        agenda.of("a").at(HELD, TUESDAY, Long.MAX_VALUE);
        agenda.of("b").at(CORRECT, TUESDAY, 500);
        agenda.of("b").at(PUBLISH, MONDAY, 100);
        agenda.of("b").done(PUBLISH, MONDAY);

        // When
        Agenda restored = new Agenda(store);

        // Then
        assertThat(restored.of("a").due(5000))
                .containsExactly(new Agenda.Entry(CLOSE, MONDAY), new Agenda.Entry(FORGET, MONDAY));
        assertThat(restored.of("a").days(HELD)).containsExactly(TUESDAY);
        assertThat(Objects.requireNonNull(restored.firstDue(500)).workspaceId()).isEqualTo("b");
        assertThat(restored.of("b").has(PUBLISH, MONDAY)).isFalse();
    }

    @Test
    void aHoldMarksItsDayAndIsNeverDue() {
        // Given
        Agenda.Plan plan = agenda.of("workspace");

        // When
        plan.at(HELD, MONDAY, Long.MAX_VALUE);

        // Then
        assertThat(plan.has(HELD, MONDAY)).isTrue();
        assertThat(agenda.firstDue(Long.MAX_VALUE - 1)).isNull();
    }
}
