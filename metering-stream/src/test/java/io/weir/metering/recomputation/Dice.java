package io.weir.metering.recomputation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Chance that a seed repeats. */
record Dice(Random random) {

    static Dice of(long seed) {
        return new Dice(new Random(seed));
    }

    /** True in so many of a hundred cases. */
    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** A number from {@code least} to {@code most}, both included. */
    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    /** One of some things. */
    <T> T oneOf(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }

    /** Some of some things, in their order; each with this chance. */
    <T> List<T> some(List<T> things, int percent) {
        return things.stream().filter(thing -> chance(percent)).toList();
    }

    /** An instant of a span, often on an hour or half an hour, or a millisecond beside it. */
    Instant instant(Instant from, Duration span) {
        long millis = from.toEpochMilli() + (long) (random.nextDouble() * span.toMillis());
        if (chance(60)) {
            return Instant.ofEpochMilli(millis);
        }
        long halfHour = Duration.ofMinutes(30).toMillis();
        return Instant.ofEpochMilli(millis - millis % halfHour + between(-1, 1));
    }
}
