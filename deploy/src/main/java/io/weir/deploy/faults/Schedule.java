package io.weir.deploy.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * What happens in one run. The same seed draws the same schedule.
 *
 * @param seed from which it was drawn
 * @param partitions of {@code usage-events}
 * @param instances of the metering stream at the start
 * @param faults in the order in which they strike
 */
record Schedule(long seed, int partitions, int instances, List<Fault> faults) {

    static final int[] PARTITIONS = {1, 4};
    static final int[] INSTANCES = {1, 2};
    private static final int LONGEST_DELAY_MILLIS = 1_500;
    private static final int LONGEST_DOWN_MILLIS = 3_000;

    /** What may fail and how; what is named twice fails twice as often. */
    private record Kind(Part part, Blow blow) {
        static final List<Kind> ALL = List.of(
                new Kind(Part.METERING, Blow.KILL),
                new Kind(Part.METERING, Blow.KILL),
                new Kind(Part.METERING, Blow.STOP),
                new Kind(Part.METERING, Blow.FREEZE),
                new Kind(Part.FEE_CENTER, Blow.KILL),
                new Kind(Part.FEE_CENTER, Blow.KILL),
                new Kind(Part.FEE_CENTER, Blow.FREEZE),
                new Kind(Part.BROKER, Blow.KILL),
                new Kind(Part.BROKER, Blow.STOP),
                new Kind(Part.DATABASE, Blow.KILL),
                new Kind(Part.REGISTRY, Blow.KILL));
    }

    /** No fault at all: the run with which the others are compared. */
    static Schedule undisturbed(int partitions) {
        return new Schedule(0, partitions, 1, List.of());
    }

    /** Kills the metering stream while lines are in an open transaction, which is rolled back. */
    static Schedule killWhileLinesAreUncommitted(long seed, int partitions) {
        Fault kill = new Fault(Part.METERING, 0, Blow.KILL, Phase.CLOSING, 1000, Duration.ZERO, Duration.ZERO);
        return new Schedule(seed, partitions, 1, List.of(kill));
    }

    /**
     * Draws three faults, one in each phase.
     *
     * @param partitions 1 or more; 0 to draw it
     * @param instances 1 or more; 0 to draw it
     */
    static Schedule draw(long seed, int partitions, int instances) {
        // The first numbers of neighbouring seeds are alike; a scrambled seed begins anywhere.
        RandomGenerator random = new Random(seed * 0x9E3779B97F4A7C15L);
        int drawnPartitions = PARTITIONS[random.nextInt(PARTITIONS.length)];
        int drawnInstances = INSTANCES[random.nextInt(INSTANCES.length)];
        List<Fault> faults = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            faults.add(fault(phase, random));
        }
        faults.sort(Comparator.comparing(Fault::phase).thenComparing(Fault::afterThousandths));
        return new Schedule(
                seed,
                partitions == 0 ? drawnPartitions : partitions,
                instances == 0 ? drawnInstances : instances,
                List.copyOf(faults));
    }

    private static Fault fault(Phase phase, RandomGenerator random) {
        Kind kind = Kind.ALL.get(random.nextInt(Kind.ALL.size()));
        int after = phase == Phase.WRITING ? random.nextInt(100, 900) : 1000;
        return new Fault(
                kind.part(),
                random.nextInt(INSTANCES.length),
                kind.blow(),
                phase,
                after,
                phase == Phase.WRITING ? Duration.ofMillis(random.nextInt(LONGEST_DELAY_MILLIS)) : Duration.ZERO,
                Duration.ofMillis(random.nextInt(LONGEST_DOWN_MILLIS)));
    }
}
