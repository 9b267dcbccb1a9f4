package io.weir.metering.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.metering.recomputation.RandomScenario;
import io.weir.metering.recomputation.Scenario;
import io.weir.metering.recomputation.Scenario.Binding;
import io.weir.metering.simulation.Difference.Kind;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A proof that cannot fail proves nothing: each of these mistakes must be found within some seeds. */
class NegativeControlsTest {

    private static final int SEEDS = 300;

    @ParameterizedTest
    @CsvSource({
        "AT_LEAST_ONCE, REVISIONS",
        "READ_UNCOMMITTED, REVISIONS",
        "WALL_CLOCK, BYTES",
        "WRITE_BACK_AFTER_COMMIT, NET_BILL",
        "ARMED_FIRST, NET_BILL",
        "NO_DEDUPLICATION, NET_BILL",
        "CLOCK_NOT_PERSISTED, BYTES",
        "ZOMBIE_NOT_FENCED, BYTES"
    })
    void aWrongRuntimeIsFound(Weakness weakness, Kind kind) {
        assertThat(firstSeedWith(kind, seed -> judged(seed, weakness))).isPositive();
    }

    @Test
    void oneBindingForTheWholeDayIsFound() {
        assertThat(firstSeedWith(Kind.NET_BILL, seed -> {
                    Run run = Simulation.run(SimulationTest.settings(seed), RandomScenario.of(seed));
                    return Verdict.of(run, boundByTheDay(run.asOnTheLogs()));
                }))
                .isPositive();
    }

    /** A line that stops loudly was found out as well, but it is the silent differences that are looked for. */
    private static List<Difference> judged(long seed, Weakness weakness) {
        try {
            return Verdict.of(Simulation.run(SimulationTest.settings(seed).with(weakness), RandomScenario.of(seed)));
        } catch (StreamsException stopped) {
            return List.of();
        }
    }

    /** The first seed for which a difference of this kind is found; 0 if there is none. */
    private static long firstSeedWith(Kind kind, Function<Long, List<Difference>> differences) {
        return LongStream.rangeClosed(1, SEEDS)
                .filter(seed -> differences.apply(seed).stream().anyMatch(difference -> difference.kind() == kind))
                .findFirst()
                .orElse(0);
    }

    /** Bindings count from the next day on, not from the next window. */
    private static Scenario boundByTheDay(Scenario scenario) {
        return new Scenario(
                scenario.sites(),
                scenario.workspaces(),
                scenario.accounts(),
                scenario.bindings().stream()
                        .map(binding -> new Binding(
                                binding.workspaceId(),
                                binding.accountId(),
                                binding.effectiveFrom().plus(Duration.ofDays(1)),
                                binding.seq()))
                        .toList(),
                scenario.priceBook(),
                scenario.catalogue(),
                scenario.usage());
    }
}
