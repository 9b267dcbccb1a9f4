package io.weir.metering.simulation;

import io.weir.billing.BillLine;
import io.weir.billing.HeldLine;
import io.weir.metering.recomputation.Scenario;
import io.weir.metering.recomputation.Scenario.Recorded;
import io.weir.wire.Topics;
import java.util.ArrayList;
import java.util.List;

/**
 * A run that has come to its end.
 *
 * @param broker all logs, committed state and outputs
 * @param steps how many steps were taken
 * @param crashes how often an instance died
 * @param fenced how often an old owner was stopped by its commit
 */
record Run(Settings settings, Scenario scenario, Input input, Broker broker, long steps, int crashes, int fenced) {

    /** The scenario as it lies on the logs, partition by partition: what was rerouted is a heartbeat where it strayed. */
    Scenario asOnTheLogs() {
        List<Recorded> usage = new ArrayList<>();
        for (Partition partition : broker.partitions) {
            String key = keyOf(partition.number);
            partition.log.forEach(arrival -> usage.add(asOnTheLog(arrival, key)));
        }
        return new Scenario(
                scenario.sites(),
                scenario.workspaces(),
                scenario.accounts(),
                scenario.bindings(),
                scenario.priceBook(),
                scenario.catalogue(),
                usage);
    }

    private static Recorded asOnTheLog(Arrival arrival, String key) {
        Recorded recorded = arrival.recorded();
        return arrival.value() == null || arrival.away() ? new Recorded(recorded.ingest(), key, null, null) : recorded;
    }

    /** A key that belongs on a partition. */
    private String keyOf(int partition) {
        for (int number = 0; ; number++) {
            Arrival heartbeat = Arrival.of(new Recorded(scenario.usage().get(0).ingest(), "key" + number, null, null));
            if (Arrival.homeOf(heartbeat.key(), settings.partitions()) == partition) {
                return "key" + number;
            }
        }
    }

    /** What became of each record, in the order of {@link #asOnTheLogs()}. */
    List<String> outcomes() {
        return broker.partitions.stream()
                .flatMap(partition -> partition.outcomes.values().stream())
                .toList();
    }

    /** All lines, in the order in which readers see them. */
    List<BillLine> lines() {
        return broker.read(Topics.BILL_LINES.name(), BillLine.class);
    }

    /** All changes of what is held. */
    List<HeldLine> held() {
        return broker.read(Topics.HELD_LINES.name(), HeldLine.class);
    }
}
