package io.weir.deploy.generate;

import io.weir.deploy.generate.World.Workspace;
import io.weir.deploy.scenario.UsageRecord;
import io.weir.usage.UsageEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * The usage records of a world in the order of their arrival, without end. Most arrive within seconds; some after minutes, so that
 * later ones overtake them; a few after hours, when their day may be closed; and one in a hundred twice.
 */
public final class Traffic implements Iterator<UsageRecord> {

    private static final int PRODUCERS_PER_WORKSPACE = 3;
    private static final int SOON_MILLIS = 5_000;
    private static final int MINUTES_MILLIS = (int) Duration.ofMinutes(10).toMillis();
    private static final int HOURS_MILLIS = (int) Duration.ofHours(30).toMillis();

    private final Random random;
    private final long pauseMillis;
    private final PriorityQueue<Producer> producers =
            new PriorityQueue<>(Comparator.comparingLong(Producer::nextMillis).thenComparing(Producer::name));
    private final PriorityQueue<Arrival> underWay = new PriorityQueue<>();
    private long arrivals;

    /** A record on its way; of two that arrive in the same millisecond the one sent first comes first. */
    private record Arrival(long ingestMillis, long number, UsageEvent event) implements Comparable<Arrival> {
        @Override
        public int compareTo(Arrival other) {
            int order = Long.compare(ingestMillis, other.ingestMillis);
            return order != 0 ? order : Long.compare(number, other.number);
        }
    }

    /**
     * Traffic that begins now.
     *
     * @param world its workspaces report
     * @param from when the first events happen
     * @param pause mean time between two records of the whole world
     * @param run part of the sources' names; new for every traffic of the same world
     */
    public Traffic(World world, Random random, Instant from, Duration pause, String run) {
        this.random = random;
        int count = PRODUCERS_PER_WORKSPACE * world.workspaces().size();
        this.pauseMillis = Math.max(1, pause.multipliedBy(count).toMillis());
        int number = 0;
        for (Workspace workspace : world.workspaces()) {
            for (int producer = 0; producer < PRODUCERS_PER_WORKSPACE; producer++) {
                long first = from.toEpochMilli() + (long) (random.nextDouble() * pauseMillis);
                producers.add(new Producer(workspace.workspaceId(), "dk-" + run + "-" + number++, random, first));
            }
        }
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    /** The record that arrives next. */
    @Override
    public UsageRecord next() {
        while (underWay.isEmpty()
                || producers.element().nextMillis() <= underWay.element().ingestMillis()) {
            sendNext();
        }
        Arrival arrival = underWay.remove();
        return new UsageRecord.Event(
                Instant.ofEpochMilli(arrival.ingestMillis()), arrival.event().getWorkspaceId(), arrival.event());
    }

    private void sendNext() {
        Producer producer = producers.remove();
        UsageEvent event = producer.report(pauseMillis);
        producers.add(producer);
        send(event);
        if (random.nextInt(100) == 0) {
            send(event);
        }
    }

    private void send(UsageEvent event) {
        long ingestMillis = event.getOccurredAt().toEpochMilli() + 1 + random.nextInt(longestDelayMillis());
        underWay.add(new Arrival(ingestMillis, arrivals++, event));
    }

    private int longestDelayMillis() {
        int chance = random.nextInt(200);
        if (chance == 0) {
            return HOURS_MILLIS;
        }
        return chance < 10 ? MINUTES_MILLIS : SOON_MILLIS;
    }
}
