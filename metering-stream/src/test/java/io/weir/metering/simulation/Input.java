package io.weir.metering.simulation;

import io.weir.metering.ControlRecords;
import io.weir.metering.ScenarioFeed;
import io.weir.metering.recomputation.Outcome;
import io.weir.metering.recomputation.Recomputation;
import io.weir.metering.recomputation.Scenario;
import io.weir.metering.recomputation.Scenario.Recorded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/**
 * What a run is given.
 *
 * @param firstControl on the control log before any usage is read
 * @param lateControl control records that follow at some time
 * @param lateUntil before any record of this ingest time is read, all control records are known
 * @param logs what arrives on each partition, in order
 * @param complete whether the logs end with the heartbeats that make everything due, and hold what is rerouted
 */
record Input(
        List<SpecificRecord> firstControl,
        List<SpecificRecord> lateControl,
        Instant lateUntil,
        List<List<Arrival>> logs,
        boolean complete) {

    private static final int ONE_STRAY_IN = 6;

    /** Checks that come before the one that finds a record on a wrong partition. */
    private static final Set<String> REFUSED_WHEREVER = Set.of("MALFORMED", "BAD_FIELD", "KEY_MISMATCH");

    /** A scenario as its loader writes it. */
    static Input of(Scenario scenario, Settings settings) {
        List<SpecificRecord> first = new ArrayList<>();
        List<SpecificRecord> late = new ArrayList<>();
        ControlRecords.of(scenario)
                .forEach(change ->
                        (settings.lateTerms() && !ScenarioFeed.isNeededByChecks(change) ? late : first).add(change));
        return new Input(first, late, ScenarioFeed.allDaysKeptUntil(scenario), logs(scenario, settings), false);
    }

    private static List<List<Arrival>> logs(Scenario scenario, Settings settings) {
        int partitions = settings.partitions();
        List<List<Arrival>> logs = empty(partitions);
        Random chance = new Random(settings.seed());
        List<Outcome> outcomes =
                settings.strays() ? Recomputation.of(scenario, partitions).outcomes() : List.of();
        for (int number = 0; number < scenario.usage().size(); number++) {
            Recorded recorded = scenario.usage().get(number);
            Arrival arrival = Arrival.of(recorded);
            int home = Arrival.homeOf(arrival.key(), partitions);
            boolean strays = settings.strays()
                    && recorded.value() != null
                    && !REFUSED_WHEREVER.contains(outcomes.get(number).reason())
                    && chance.nextInt(ONE_STRAY_IN) == 0;
            int other = (home + 1 + chance.nextInt(partitions)) % partitions;
            if (strays && other != home) {
                logs.get(other).add(arrival.movedAway());
            } else {
                logs.get(home).add(arrival);
            }
        }
        return logs;
    }

    private static List<List<Arrival>> empty(int partitions) {
        return IntStream.range(0, partitions)
                .<List<Arrival>>mapToObj(unused -> new ArrayList<>())
                .toList();
    }

    /** All that another run was given and what it rerouted, the control records first. */
    static Input again(Run run) {
        return again(run, arrival -> arrival);
    }

    /** As {@link #again(Run)}, with other arrivals in the place of some. */
    static Input again(Run run, UnaryOperator<Arrival> other) {
        List<List<Arrival>> logs = run.broker().partitions.stream()
                .map(partition -> partition.log.stream().map(other).toList())
                .toList();
        List<SpecificRecord> control = Stream.concat(
                        run.input().firstControl().stream(), run.input().lateControl().stream())
                .toList();
        return new Input(control, List.of(), Instant.MAX, logs, true);
    }

    /** The same with another control log. */
    Input withControl(List<SpecificRecord> control) {
        return new Input(control, List.of(), Instant.MAX, logs, complete);
    }

    /** The latest ingest time. */
    Instant last() {
        return logs.stream()
                .flatMap(List::stream)
                .map(arrival -> arrival.recorded().ingest())
                .reduce(Instant.EPOCH, (one, other) -> one.isAfter(other) ? one : other);
    }
}
