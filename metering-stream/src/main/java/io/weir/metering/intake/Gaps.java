package io.weir.metering.intake;

import io.weir.usage.UsageGaps;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Reports which numbers of a source are missing for more than an hour: at each full hour of the clock at which that has
 * changed, and finally when the source is forgotten (rules.md §4).
 *
 * <p>A number is missing for more than an hour if a higher one had been accepted more than an hour before. So after the last
 * event of a source only two full hours can change anything, and then its end. A source is looked at before its next event of
 * a later hour is taken in, or in a slice soon after the hour; what is reported does not depend on which of them it is.
 */
public final class Gaps {

    private final KeyValueStore<Bytes, byte[]> store;
    private final KeyValueStore<Bytes, byte[]> sources;
    private final Consumer<UsageGaps> out;
    private final Map<Bytes, Gap> bySource = new HashMap<>();
    private final TreeSet<Gap> byDue = new TreeSet<>();
    private BigInteger missing = BigInteger.ZERO;

    /**
     * Reads all that is stored of gaps.
     *
     * @param store workspace, source → what was reported last, when to look again
     * @param sources the store of the sources themselves
     * @param out takes the reports
     */
    public Gaps(KeyValueStore<Bytes, byte[]> store, KeyValueStore<Bytes, byte[]> sources, Consumer<UsageGaps> out) {
        this.store = store;
        this.sources = sources;
        this.out = out;
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            all.forEachRemaining(stored -> load(Gap.restored(stored.value)));
        }
    }

    private void load(Gap gap) {
        bySource.put(gap.key(), gap);
        byDue.add(gap);
        missing = missing.add(BigInteger.valueOf(gap.numbers));
    }

    /** How many numbers of all sources are missing, as last reported. */
    public BigInteger missing() {
        return missing;
    }

    /** The source is on the heap from now on. */
    void isLive(Source source) {
        Gap gap = bySource.get(Gap.key(source.workspaceId(), source.source()));
        if (gap != null) {
            gap.live = source;
            source.gap(gap);
        }
    }

    /** No source is on the heap any more. */
    void noneIsLive() {
        byDue.forEach(gap -> gap.live = null);
    }

    /** The source has its first gap. */
    void watch(Source source) {
        Gap gap = new Gap(source.workspaceId(), source.source());
        gap.live = source;
        gap.lookedAtMillis = source.nextHourMillis() - Source.HOUR_MILLIS;
        source.gap(gap);
        bySource.put(gap.key(), gap);
        plan(gap, source);
    }

    /** The source has taken in another hour. */
    void turned(Source source) {
        Gap gap = source.gap();
        if (gap != null) {
            plan(gap, source);
        }
    }

    /** Reports what is due at this clock, until nothing is or the slice is over. */
    public void reportDue(long clockMillis, BooleanSupplier isOver) {
        while (isDue(clockMillis) && !isOver.getAsBoolean()) {
            report(sourceOf(byDue.first()), clockMillis);
        }
    }

    /** Whether a report may be due at this clock. */
    public boolean isDue(long clockMillis) {
        return !byDue.isEmpty() && byDue.first().dueMillis <= clockMillis;
    }

    private Source sourceOf(Gap gap) {
        if (gap.live != null) {
            return gap.live;
        }
        Source source = new Source(gap.workspaceId, gap.source);
        source.readFrom(sources);
        source.gap(gap);
        return source;
    }

    /** Reports what is due of a source at this clock; must come before anything else changes it. */
    void report(Source source, long clockMillis) {
        Gap gap = source.gap();
        if (gap == null || gap.dueMillis > clockMillis) {
            return;
        }
        long hour = source.nextHourMillis();
        if (isReached(hour, gap, source, clockMillis)) {
            reportAt(hour, gap, source.missingBeforeHour());
        }
        if (isReached(hour + Source.HOUR_MILLIS, gap, source, clockMillis)) {
            reportAt(hour + Source.HOUR_MILLIS, gap, source.missing());
        }
        if (source.isForgotten(clockMillis)) {
            conclude(gap, source);
        } else {
            plan(gap, source);
        }
    }

    private static boolean isReached(long hour, Gap gap, Source source, long clockMillis) {
        return gap.lookedAtMillis < hour && hour <= clockMillis && hour <= source.lastRememberedMillis();
    }

    private void reportAt(long hour, Gap gap, MissingNumbers now) {
        gap.lookedAtMillis = hour;
        if (gap.differsFrom(now)) {
            issue(gap, now, hour, false);
        }
    }

    private void conclude(Gap gap, Source source) {
        MissingNumbers now = source.missing();
        if (now.numbers() > 0 || gap.numbers > 0) {
            issue(gap, now, source.lastRememberedMillis() + 1, true);
        }
        drop(gap, source);
    }

    private void issue(Gap gap, MissingNumbers now, long asOfMillis, boolean isFinal) {
        out.accept(new UsageGaps(
                gap.workspaceId,
                gap.source,
                Instant.ofEpochMilli(asOfMillis),
                now.runs(),
                now.runCount(),
                now.numbers(),
                isFinal));
        missing = missing.add(BigInteger.valueOf(now.numbers())).subtract(BigInteger.valueOf(gap.numbers));
        gap.reported(now);
    }

    /** Looks at the source again when that can change something; no more if there is no gap and none is reported. */
    private void plan(Gap gap, Source source) {
        if (!source.hasGaps() && gap.numbers == 0) {
            drop(gap, source);
            return;
        }
        byDue.remove(gap);
        gap.dueMillis = Math.min(nextHour(gap, source), source.lastRememberedMillis() + 1);
        byDue.add(gap);
        store.put(gap.key(), gap.stored());
    }

    private static long nextHour(Gap gap, Source source) {
        long hour = source.nextHourMillis();
        if (gap.lookedAtMillis < hour) {
            return hour;
        }
        return gap.lookedAtMillis < hour + Source.HOUR_MILLIS ? hour + Source.HOUR_MILLIS : Long.MAX_VALUE;
    }

    private void drop(Gap gap, Source source) {
        byDue.remove(gap);
        bySource.remove(gap.key());
        missing = missing.subtract(BigInteger.valueOf(gap.numbers));
        source.gap(null);
        store.delete(gap.key());
    }
}
