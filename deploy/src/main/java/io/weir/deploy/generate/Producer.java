package io.weir.deploy.generate;

import io.weir.usage.UsageEvent;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A DataKit that reports for one workspace. It numbers its events from 0 under a source that is new at every start (rules.md §4);
 * one in twenty does not count, and gives each event an id instead.
 */
final class Producer {

    private static final int EVENTS_BETWEEN_STARTS = 2_000;

    private final String workspace;
    private final String name;
    private final boolean counts;
    private final Random random;
    private int starts = 1;
    private long sequence;
    private long nextMillis;

    /**
     * A producer that has not reported yet.
     *
     * @param name new for every producer that ever was
     * @param firstMillis when it first reports, milliseconds UTC
     */
    Producer(String workspace, String name, Random random, long firstMillis) {
        this.workspace = workspace;
        this.name = name;
        this.random = random;
        this.counts = random.nextInt(20) != 0;
        this.nextMillis = firstMillis;
    }

    String name() {
        return name;
    }

    /** When it reports next, milliseconds UTC. */
    long nextMillis() {
        return nextMillis;
    }

    /** Reports, and will report again after a pause of about this length. */
    UsageEvent report(long pauseMillis) {
        Instant occurredAt = Instant.ofEpochMilli(nextMillis);
        nextMillis += 1 + (long) (random.nextDouble() * 2 * pauseMillis);
        if (random.nextInt(EVENTS_BETWEEN_STARTS) == 0) {
            starts++;
            sequence = 0;
        }
        Kind kind = Kind.any(random);
        Long number = counts ? sequence++ : null;
        return new UsageEvent(
                workspace,
                name + "/" + starts,
                number,
                eventId(number),
                occurredAt,
                kind.resource(random),
                kind.readings(random));
    }

    private String eventId(@Nullable Long number) {
        return number == null ? "%016x".formatted(random.nextLong()) : number.toString();
    }
}
