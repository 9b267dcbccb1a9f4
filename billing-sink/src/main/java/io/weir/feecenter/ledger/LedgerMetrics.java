package io.weir.feecenter.ledger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What the ledger tells an operator. Counters count since the start, gauges show what the database holds. */
public final class LedgerMetrics {

    private final Map<Integer, AtomicLong> lagByPartition = new ConcurrentHashMap<>();
    private final Map<HoldReason, AtomicLong> heldBack = new ConcurrentHashMap<>();
    private final AtomicLong writtenOff = new AtomicLong();
    private final AtomicLong stoppedAccounts = new AtomicLong();
    private final AtomicLong unaccountedLines = new AtomicLong();
    private final MeterRegistry registry;
    private final Counter lines;
    private final Counter duplicates;
    private final Counter conflicts;
    private final Counter zombies;
    private final Counter pauses;
    private volatile double imbalance;

    /** Registers the meters. */
    public LedgerMetrics(MeterRegistry registry) {
        this.registry = registry;
        lines = counter("weir.ledger.lines", "Bill lines posted");
        duplicates = counter("weir.ledger.duplicate.lines", "Bill lines that stood in the ledger already");
        conflicts = counter("weir.ledger.conflicts", "Bill lines whose id stood in the ledger with other content");
        zombies = counter(
                "weir.ledger.positions.taken", "Batches refused because another reader had taken the partition");
        pauses = counter("weir.ledger.pauses", "Times the database or the schema registry was away");
        gauge("weir.ledger.written.off.lines", "Records of the topic that a person wrote off", writtenOff);
        gauge("weir.ledger.stopped.accounts", "Accounts whose posting has stopped", stoppedAccounts);
        gauge(
                "weir.ledger.unaccounted.lines",
                "Lines read but neither posted nor held back nor repeated",
                unaccountedLines);
        Gauge.builder("weir.ledger.imbalance", () -> imbalance)
                .description("Sum over the currencies of what postings do not sum to zero; always 0")
                .register(registry);
        for (HoldReason reason : HoldReason.values()) {
            heldBack.put(reason, new AtomicLong());
            Gauge.builder("weir.ledger.held.back.lines", heldBack.get(reason), AtomicLong::get)
                    .description(
                            "Records of the topic that were put aside instead of posted, until they are written off")
                    .tag("reason", reason.name())
                    .register(registry);
        }
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private void gauge(String name, String description, AtomicLong value) {
        Gauge.builder(name, value, AtomicLong::get).description(description).register(registry);
    }

    void count(Tally tally) {
        lines.increment(tally.posted());
        duplicates.increment(tally.repeats());
        conflicts.increment(tally.heldBack().getOrDefault(HoldReason.LEDGER_CONFLICT, 0));
    }

    void countTakenPosition() {
        zombies.increment();
    }

    void countPause() {
        pauses.increment();
    }

    /** Shows how many records of a partition are committed on the topic and not read yet. */
    void lag(int partition, long records) {
        lagByPartition.computeIfAbsent(partition, this::lagGauge).set(records);
    }

    private AtomicLong lagGauge(int partition) {
        AtomicLong lag = new AtomicLong();
        Gauge.builder("weir.ledger.lag.records", lag, AtomicLong::get)
                .description("Committed records of the partition that have not been read yet")
                .tag("partition", Integer.toString(partition))
                .register(registry);
        return lag;
    }

    /** Stops showing a partition that another instance reads now. */
    void forgetLag(int partition) {
        if (lagByPartition.remove(partition) != null) {
            registry.find("weir.ledger.lag.records")
                    .tag("partition", Integer.toString(partition))
                    .meters()
                    .forEach(registry::remove);
        }
    }

    void show(LedgerCheck check) {
        heldBack.forEach((reason, lines) -> lines.set(check.heldBack().getOrDefault(reason, 0L)));
        writtenOff.set(check.writtenOff());
        stoppedAccounts.set(check.stoppedAccounts());
        unaccountedLines.set(check.unaccountedLines());
        imbalance = check.imbalance().doubleValue();
    }
}
