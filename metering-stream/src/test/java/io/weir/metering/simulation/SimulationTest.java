package io.weir.metering.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.metering.recomputation.RandomScenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Whatever crashes between any two steps, moves, goes on as a zombie or becomes known late: outcomes, bill, revisions and bytes
 * are what the recomputation and a run without faults say.
 *
 * <p>{@code -Dweir.simulation.seeds=FIRST-LAST} names other seeds; a failure names its own.
 */
class SimulationTest {

    @Test
    void comesToTheSameWhateverHappens() {
        // Given
        Statistics statistics = new Statistics();
        List<String> failures = new ArrayList<>();

        // When
        seeds().forEach(seed -> {
            Run run = Simulation.run(settings(seed), RandomScenario.of(seed));
            Verdict.of(run).stream().findFirst().ifPresent(difference -> failures.add(told(run, difference)));
            statistics.add(run);
        });

        // Then
        System.out.println(statistics);
        assertThat(failures).isEmpty();
    }

    private static LongStream seeds() {
        String[] range = System.getProperty("weir.simulation.seeds", "1-500").split("-", 2);
        return LongStream.rangeClosed(Long.parseLong(range[0]), Long.parseLong(range[1]));
    }

    /** One of the kinds of runs. */
    static Settings settings(long seed) {
        Random chance = new Random(~seed);
        int partitions = 1 << chance.nextInt(3);
        int instances = 1 + chance.nextInt(2);
        boolean strays = partitions > 1 && chance.nextInt(3) == 0;
        return new Settings(
                seed,
                partitions,
                instances,
                chance.nextInt(3) == 0,
                strays,
                chance.nextInt(5) > 0,
                true,
                Weakness.NONE);
    }

    private static String told(Run run, Difference difference) {
        return "-Dweir.simulation.seeds=%1$d-%1$d %2$s: %3$s"
                .formatted(run.settings().seed(), run.settings(), difference);
    }

    /** What all runs were. */
    private static final class Statistics {

        private final long start = System.nanoTime();
        private long runs;
        private long steps;
        private long crashes;
        private long commits;
        private long fenced;
        private long lines;

        void add(Run run) {
            runs++;
            steps += run.steps();
            crashes += run.crashes();
            commits += run.broker().commits();
            fenced += run.fenced();
            lines += run.lines().size();
        }

        @Override
        public String toString() {
            long millis =
                    Math.max(1, Duration.ofNanos(System.nanoTime() - start).toMillis());
            return "%d simulated runs, each compared with a recomputation: %d steps, %d crashes, %d commits, %d fenced, %d lines; %d runs a minute"
                    .formatted(runs, steps, crashes, commits, fenced, lines, runs * 60_000 / millis);
        }
    }
}
