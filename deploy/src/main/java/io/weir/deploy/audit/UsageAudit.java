package io.weir.deploy.audit;

import io.weir.deploy.installation.Cluster;
import io.weir.deploy.installation.CommittedLog;
import io.weir.usage.UsageEvent;
import io.weir.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** Records and quantities, partition by partition, so that only one partition's identities and windows are in memory at a time. */
final class UsageAudit {

    /** An event may be dated so far ahead of its arrival (rules.md §3, check 9). */
    private static final long SKEW_MILLIS = Duration.ofMinutes(5).toMillis();

    private final Cluster cluster;
    private final CommittedLog log;
    private final ControlFacts facts;
    private final Refusals refusals;
    private final BilledTotals billed;
    private final Check records;
    private final Check quantities;
    private final WindowComparison comparison;
    private final List<Outcomes> found = new ArrayList<>();

    UsageAudit(
            Cluster cluster,
            CommittedLog log,
            ControlFacts facts,
            Refusals refusals,
            BilledTotals billed,
            OpenDays openDays,
            Check records,
            Check quantities) {
        this.cluster = cluster;
        this.log = log;
        this.facts = facts;
        this.refusals = refusals;
        this.billed = billed;
        this.records = records;
        this.quantities = quantities;
        this.comparison = new WindowComparison(facts, openDays, quantities);
    }

    /** Checks one partition; usage is read after what was published, so that nothing published lacks its events. */
    void check(StreamState state, int partitions) {
        MeteredWindows published = MeteredWindows.read(state.partition(), cluster, log);
        TopicPartition usage = new TopicPartition(Topics.USAGE_EVENTS.name(), state.partition());
        boolean fromTheFirst = log.beginning(usage) == 0;
        UsageTotals totals = new UsageTotals(facts, quantities);
        UsagePass pass = new UsagePass(
                state, partitions, fromTheFirst, refusals, cluster.values(UsageEvent.class), totals, records);
        long[] firstMillis = {Long.MAX_VALUE};
        log.read(usage, record -> {
            firstMillis[0] = Math.min(firstMillis[0], record.timestamp());
            pass.accept(record);
        });
        if (fromTheFirst) {
            pass.outcomes().compare(state, refusals, records);
            found.add(pass.outcomes());
        } else {
            records.remark(
                    "%s begins at offset %,d: its first records are gone, so its outcomes are not counted",
                    usage, log.beginning(usage));
        }
        comparison.compare(
                totals.byWindow(),
                published.byWindow(),
                state.doneMillis(),
                fromTheFirst ? Long.MIN_VALUE : firstMillis[0] + SKEW_MILLIS);
        published.byWindow().forEach(billed::addMetered);
    }

    /** Says how much was found. */
    void end() {
        records.remark(
                "%,d records on %d partitions: %,d heartbeats, %,d rejected, %,d rerouted, %,d duplicates, %,d accepted",
                found.stream().mapToLong(Outcomes::records).sum(),
                found.size(),
                sum(Outcomes.HEARTBEAT),
                sum(Outcomes.REJECTED),
                sum(Outcomes.REROUTED),
                sum(Outcomes.DUPLICATE),
                sum(Outcomes.ACCEPTED));
        comparison.sayWhat();
    }

    private long sum(String outcome) {
        return found.stream().mapToLong(outcomes -> outcomes.of(outcome)).sum();
    }
}
