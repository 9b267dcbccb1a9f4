package io.weir.metering.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.metering.state.StateReader;
import io.weir.metering.state.StateWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Which numbers were accepted: exact for every order of arrival (rules.md §4). */
class SequenceSetTest {

    private final SequenceSet set = new SequenceSet();

    @Property(tries = 300)
    void knowsWhatASetOfNumbersWouldKnow(@ForAll @Size(max = 200) List<@LongRange(min = 0, max = 60) Long> numbers) {
        // Given
        SequenceSet runs = new SequenceSet();
        Set<Long> plain = new HashSet<>();

        // When / Then
        for (long number : numbers) {
            assertThat(runs.add(number)).as("%s of %s", number, numbers).isEqualTo(plain.add(number));
        }
        assertThat(runs.runs()).isEqualTo(gaplessRuns(plain));
    }

    @Property(tries = 100)
    void knowsTheSameAfterItWasStored(@ForAll @Size(max = 100) List<@LongRange(min = 0) Long> numbers) {
        // Given
        SequenceSet before = new SequenceSet();
        numbers.forEach(before::add);

        // When
        SequenceSet restored = stored(before);

        // Then
        assertThat(restored.runs()).isEqualTo(before.runs());
        assertThat(numbers).noneMatch(restored::add);
    }

    @Test
    void takesTheLargestNumberThereIs() {
        // Given
        set.add(0);

        // When / Then
        assertThat(set.add(Long.MAX_VALUE)).isTrue();
        assertThat(set.add(Long.MAX_VALUE)).isFalse();
        assertThat(set.add(Long.MAX_VALUE - 1)).isTrue();
        assertThat(set.add(1)).isTrue();
        assertThat(set.runs()).isEqualTo(2);
    }

    @Test
    void joinsTwoRunsWhenTheNumberBetweenThemArrives() {
        // Given
        set.add(5);
        set.add(3);

        // When
        set.add(4);

        // Then
        assertThat(set.runs()).isEqualTo(1);
        assertThat(List.of(3L, 4L, 5L)).noneMatch(set::add);
    }

    @Test
    void growsWithTheGapsAndNotWithTheEvents() {
        // When
        for (long number = 0; number < 100_000; number++) {
            set.add(number);
        }

        // Then
        assertThat(set.runs()).isEqualTo(1);
    }

    @Test
    void knowsNothingAfterItWasCleared() {
        // Given
        set.add(7);

        // When
        set.clear();

        // Then
        assertThat(set.add(7)).isTrue();
    }

    private static SequenceSet stored(SequenceSet set) {
        StateWriter out = new StateWriter(1);
        set.write(out, 0, set.runs());
        SequenceSet restored = new SequenceSet();
        restored.read(new StateReader(out.bytes(), 1));
        return restored;
    }

    private static int gaplessRuns(Set<Long> numbers) {
        return (int) new TreeSet<>(numbers)
                .stream().filter(number -> !numbers.contains(number - 1)).count();
    }
}
