package io.weir.deploy.status;

import io.weir.deploy.status.Scrape.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * One partition of {@code usage-events}.
 *
 * @param partition its number
 * @param lag records on it that the stream has not committed
 * @param scrape what the instances say
 * @param now the wall clock, for the age of the partition's clock
 */
record PartitionStatus(int partition, long lag, Scrape scrape, Instant now) {

    /** The columns of {@link #cells}. */
    static final String[] HEADER = {
        "PARTITION", "CLOCK", "AGE", "LAG", "OPEN DAYS", "OLDEST OPEN ENDS", "DUE", "OLDEST DUE", "HELD DAYS", "MISSING"
    };

    /** A heartbeat comes every few seconds; so old a clock stands. */
    private static final Duration OLD_CLOCK = Duration.ofMinutes(1);
    /** What is due is done in slices soon after; so long after it is late. */
    private static final Duration LATE = Duration.ofMinutes(10);

    String[] cells() {
        OptionalDouble clock = gauge("weir_partition_clock_seconds");
        return new String[] {
            Integer.toString(partition),
            clock.isEmpty() ? Figures.UNKNOWN : Figures.instant(clock),
            clock.isEmpty() ? Figures.UNKNOWN : Figures.age(age(clock)),
            "%,d".formatted(lag),
            Figures.count(gauge("weir_open_days")),
            Figures.instant(gauge("weir_oldest_open_day_seconds")),
            Figures.count(gauge("weir_due_days")),
            Figures.instant(gauge("weir_oldest_due_seconds")),
            Figures.count(gauge("weir_held_days")),
            Figures.count(gauge("weir_usage_missing_numbers"))
        };
    }

    /** Of a partition that another instance has, an instance says nothing or 0. */
    private OptionalDouble gauge(String name) {
        return scrape.largest(name, this::isHere);
    }

    private boolean isHere(Sample sample) {
        return sample.has("partition", partition);
    }

    private Duration age(OptionalDouble clock) {
        return Duration.between(Figures.at(clock), now);
    }

    /** Says what is not well here; {@code heartbeats}: whether they move the clock, so that it must not stand. */
    void judge(Verdict verdict, boolean heartbeats) {
        OptionalDouble clock = gauge("weir_partition_clock_seconds");
        if (clock.isEmpty()) {
            verdict.notWell("partition %d: no instance says that it has it; %,d records wait", partition, lag);
            return;
        }
        if (heartbeats && age(clock).compareTo(OLD_CLOCK) > 0) {
            verdict.notWell("partition %d: its clock is %s old; %s", partition, Figures.age(age(clock)), why());
        }
        judgeDue(verdict, Figures.at(clock));
        lookAt(verdict, "weir_held_days", "days are held for want of a price or an account: weir held list");
        lookAt(verdict, "weir_usage_missing_numbers", "numbers of sources are missing: usage-gaps says which");
    }

    private String why() {
        return lag > 0 ? "%,d records wait: the stream is behind".formatted(lag) : "nothing waits: no heartbeat comes";
    }

    private void judgeDue(Verdict verdict, Instant clock) {
        OptionalDouble oldestDue = gauge("weir_oldest_due_seconds");
        if (oldestDue.isPresent()) {
            Duration late = Duration.between(Figures.at(oldestDue), clock);
            if (late.compareTo(LATE) > 0) {
                verdict.notWell(
                        "partition %d: a close or a correction is due for %s and not done: the stream's log says why",
                        partition, Figures.age(late));
            }
        }
    }

    private void lookAt(Verdict verdict, String name, String what) {
        OptionalDouble value = gauge(name);
        if (value.orElse(0) > 0) {
            verdict.worthALook("partition %d: %s %s", partition, Figures.count(value), what);
        }
    }
}
