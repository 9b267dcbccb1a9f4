package io.weir.deploy.audit;

import io.weir.billing.BillLine;
import io.weir.deploy.console.Progress;
import io.weir.deploy.installation.Cluster;
import io.weir.deploy.installation.CommittedLog;
import io.weir.wire.Topics;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * Everything that is checked, in the order in which it must be read while the installation is at work: first how far the stream
 * says it is, then its results, last what they came from.
 */
final class Checks {

    private final Check records = new Check("Records: each has exactly one outcome (rules.md §3)");
    private final Check quantities = new Check("Quantities: what was accepted is what was metered (§4, §5)");
    private final Check lines = new Check("Lines: ids, revisions, running sums, totals (§7)");
    private final Check sums = new Check("Ledger: the books balance (§8)");
    private final Check againstTopic = new Check("Ledger: it has what the topic has (§8)");
    private final Check held = new Check("Held: what waits for somebody (§6, §8)");

    private final Cluster cluster;
    private final CommittedLog log;
    private final LedgerDatabase database;
    private final Progress console;
    private final OpenDays openDays = new OpenDays();

    Checks(Cluster cluster, CommittedLog log, LedgerDatabase database, Progress console) {
        this.cluster = cluster;
        this.log = log;
        this.database = database;
        this.console = console;
    }

    /** Checks the installation whose metering stream has this application id. */
    List<Check> of(String applicationId) {
        console.say("Reading how far the metering stream is, and the control topic");
        List<StreamState> states = StreamState.read(applicationId, cluster, log);
        ControlFacts facts = ControlFacts.read(cluster, log);
        console.say("Reading the lines and the ledger");
        BilledTotals billed = new BilledTotals(facts);
        linesAndLedger(billed);
        console.say("Reading the usage");
        usage(states, facts, billed);
        HeldLines heldLines = new HeldLines(held);
        heldLines.read(cluster, log);
        heldLines.list(database);
        return List.of(records, quantities, lines, sums, againstTopic, held);
    }

    private void linesAndLedger(BilledTotals billed) {
        LedgerAudit ledger = new LedgerAudit(cluster.topics().of(Topics.BILL_LINES), database, sums, againstTopic);
        ledger.balance();
        Lines reader = new Lines(cluster.values(BillLine.class), lines);
        List<TopicPartition> partitions = log.partitions(Topics.BILL_LINES);
        long keys = 0;
        for (TopicPartition partition : partitions) {
            LineChains chains = new LineChains(lines);
            ledger.compare(partition, log, reader, chains);
            chains.addUpTo(billed);
            keys += chains.keys();
        }
        ledger.end(partitions.size());
        lines.remark("%,d lines of %,d keys", reader.count(), keys);
    }

    private void usage(List<StreamState> states, ControlFacts facts, BilledTotals billed) {
        Refusals refusals = new Refusals(records);
        refusals.read(cluster, log);
        UsageAudit usage = new UsageAudit(cluster, log, facts, refusals, billed, openDays, records, quantities);
        for (StreamState state : states) {
            console.say("  partition %d of usage-events, %,d records"
                    .formatted(state.partition(), state.counts().records()));
            usage.check(state, states.size());
        }
        usage.end();
        billed.compare(meteredFromTheFirst(), openDays, lines);
    }

    private boolean meteredFromTheFirst() {
        return log.partitions(Topics.METERED_USAGE).stream().allMatch(partition -> log.beginning(partition) == 0);
    }
}
