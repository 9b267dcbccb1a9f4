package io.weir.metering.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.metering.NetBill;
import io.weir.metering.recomputation.Outcome;
import io.weir.metering.recomputation.RandomScenario;
import io.weir.metering.recomputation.Recomputation;
import io.weir.metering.recomputation.Scenario;
import io.weir.metering.recomputation.Scenario.Event;
import io.weir.metering.recomputation.Scenario.Reading;
import io.weir.metering.recomputation.Scenario.Recorded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Changes of the input that must not change the bill, while instances crash. */
class MetamorphicTest {

    private static final int TRIES = 20;
    private static final Duration BLOCK = Duration.ofMinutes(50);

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void duplicatesCostNothing(@ForAll long seed) {
        // Given
        Scenario scenario = RandomScenario.of(seed);
        List<Recorded> doubled = new ArrayList<>();
        scenario.usage().forEach(recorded -> doubled.addAll(List.of(recorded, recorded)));

        // When / Then
        assertThat(bill(seed, 1, with(scenario, doubled))).isEqualTo(bill(seed, 1, scenario));
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void theOrderOfArrivalDoesNotMatter(@ForAll long seed) {
        // Given
        Scenario inBlocks = arrivingInBlocks(accepted(RandomScenario.of(seed)));
        List<Recorded> shuffled = new ArrayList<>(inBlocks.usage());
        Collections.shuffle(shuffled, new Random(seed));
        shuffled.sort(Comparator.comparing(Recorded::ingest));

        // When / Then
        assertThat(bill(seed, 1, with(inBlocks, shuffled))).isEqualTo(bill(seed, 1, inBlocks));
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void twoHalvesCostAsMuchAsTheWhole(@ForAll long seed) {
        // Given
        Scenario scenario = accepted(RandomScenario.of(seed));
        List<Recorded> halved = scenario.usage().stream()
                .flatMap(recorded -> halves(recorded).stream())
                .toList();

        // When / Then
        assertThat(bill(seed, 1, with(scenario, halved))).isEqualTo(bill(seed, 1, scenario));
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void partitionsDoNotMatter(@ForAll long seed) {
        // Given
        Scenario scenario = accepted(RandomScenario.of(seed));

        // When / Then
        assertThat(bill(seed, 4, scenario)).isEqualTo(bill(seed, 1, scenario));
    }

    private static String bill(long seed, int partitions, Scenario scenario) {
        Settings settings = new Settings(seed, partitions, 2, false, false, true, true, Weakness.NONE);
        return NetBill.csv(Simulation.run(settings, scenario).lines());
    }

    private static Scenario with(Scenario scenario, List<Recorded> usage) {
        return new Scenario(
                scenario.sites(),
                scenario.workspaces(),
                scenario.accounts(),
                scenario.bindings(),
                scenario.priceBook(),
                scenario.catalogue(),
                usage);
    }

    /** Only what is accepted with one clock, and so with any number of them: halves of what is refused may be good. */
    private static Scenario accepted(Scenario scenario) {
        List<Outcome> outcomes = Recomputation.of(scenario, 1).outcomes();
        List<Recorded> accepted = IntStream.range(0, outcomes.size())
                .filter(number -> outcomes.get(number).name().equals("ACCEPTED"))
                .mapToObj(scenario.usage()::get)
                .toList();
        Assume.that(!accepted.isEmpty());
        return with(scenario, accepted);
    }

    /** Everything arrives at the end of the block in which it arrived, so that the clock stands still inside a block. */
    private static Scenario arrivingInBlocks(Scenario scenario) {
        long block = BLOCK.toMillis();
        List<Recorded> usage = new ArrayList<>();
        long clock = Long.MIN_VALUE;
        for (Recorded recorded : scenario.usage()) {
            clock = Math.max(clock, Math.floorDiv(recorded.ingest().toEpochMilli(), block) * block + block);
            usage.add(new Recorded(Instant.ofEpochMilli(clock), recorded.key(), recorded.value(), recorded.raw()));
        }
        return with(scenario, usage);
    }

    private static List<Recorded> halves(Recorded recorded) {
        Event event = recorded.value();
        if (event == null
                || event.source().length() > 100
                || event.readings().stream().anyMatch(MetamorphicTest::isPeak)) {
            return List.of(recorded);
        }
        return List.of(half(recorded, event, 0), half(recorded, event, 1));
    }

    private static boolean isPeak(Reading reading) {
        return List.of("series", "hosts").contains(reading.meter());
    }

    private static Recorded half(Recorded recorded, Event event, int which) {
        List<Reading> readings = event.readings().stream()
                .map(reading -> new Reading(
                        reading.meter(),
                        which == 0 ? reading.quantity() / 2 : reading.quantity() - reading.quantity() / 2))
                .toList();
        Event half = new Event(
                event.workspaceId(),
                event.source() + "/half" + which,
                event.sequence(),
                Objects.requireNonNull(event.eventId()),
                event.occurredAt(),
                event.resource(),
                readings);
        return new Recorded(recorded.ingest(), recorded.key(), half, recorded.raw());
    }
}
