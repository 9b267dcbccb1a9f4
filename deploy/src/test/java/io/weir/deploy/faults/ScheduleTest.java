package io.weir.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final List<Schedule> TWENTY =
            LongStream.rangeClosed(1, 20).mapToObj(ScheduleTest::draw).toList();

    @Test
    void theSameSeedDrawsTheSameSchedule() {
        assertThat(draw(7)).isEqualTo(draw(7));
    }

    @Test
    void everyRunHasAFaultInEveryPhaseInTheirOrder() {
        assertThat(TWENTY)
                .allSatisfy(schedule ->
                        assertThat(schedule.faults()).extracting(Fault::phase).containsExactly(Phase.values()));
    }

    @Test
    void twentySeedsStrikeEveryPartInEveryWay() {
        // When
        Set<Part> parts = TWENTY.stream()
                .flatMap(schedule -> schedule.faults().stream())
                .map(Fault::part)
                .collect(Collectors.toSet());
        Set<Blow> blows = TWENTY.stream()
                .flatMap(schedule -> schedule.faults().stream())
                .map(Fault::blow)
                .collect(Collectors.toSet());

        // Then
        assertThat(parts).isEqualTo(EnumSet.allOf(Part.class));
        assertThat(blows).isEqualTo(EnumSet.allOf(Blow.class));
    }

    @Test
    void twentySeedsHaveOneAndFourPartitionsAndOneAndTwoInstances() {
        assertThat(TWENTY)
                .extracting(schedule -> schedule.partitions() + "/" + schedule.instances())
                .contains("1/1", "1/2", "4/1", "4/2");
    }

    @Test
    void onlyAnApplicationIsFrozenForOnlyItHasSomebodyWhoTakesOver() {
        assertThat(TWENTY)
                .flatExtracting(Schedule::faults)
                .filteredOn(fault -> fault.blow() == Blow.FREEZE)
                .isNotEmpty()
                .allSatisfy(fault -> assertThat(fault.part()).isIn(Part.METERING, Part.FEE_CENTER));
    }

    @Test
    void whatIsGivenIsNotDrawnAndChangesNoFault() {
        // When
        Schedule given = Schedule.draw(7, 3, 2);

        // Then
        assertThat(given.partitions()).isEqualTo(3);
        assertThat(given.instances()).isEqualTo(2);
        assertThat(given.faults()).isEqualTo(draw(7).faults());
    }

    private static Schedule draw(long seed) {
        return Schedule.draw(seed, 0, 0);
    }
}
