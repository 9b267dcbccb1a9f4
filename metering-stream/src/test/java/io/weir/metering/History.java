package io.weir.metering;

import io.weir.billing.BillLine;
import io.weir.billing.ControlRecord;
import io.weir.billing.HeldLine;
import io.weir.metering.control.ControlTable;
import io.weir.metering.control.Refused;
import io.weir.metering.rebuild.FoundOnTopics;
import io.weir.metering.recomputation.Scenario;
import io.weir.metering.recomputation.Scenario.Recorded;
import io.weir.usage.MeteredUsage;
import io.weir.usage.MeteringProgress;
import io.weir.usage.RejectedUsage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;

/** All that happened to a line, step by step, so that it can happen again to another. What the line wrote is collected. */
final class History {

    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(30);

    private final List<Step> steps;
    final List<BillLine> lines = new ArrayList<>();
    final List<HeldLine> held = new ArrayList<>();
    final List<RejectedUsage> rejected = new ArrayList<>();
    final List<MeteredUsage> metered = new ArrayList<>();
    private final List<MeteringProgress> progress = new ArrayList<>();

    /** One of: a control record, a usage record, time for what is due. */
    private interface Step {
        void happenTo(MeteringDriver line);
    }

    private record Recording(SpecificRecord change) implements Step {
        @Override
        public void happenTo(MeteringDriver line) {
            line.record(change);
        }
    }

    private record Arriving(Recorded recorded) implements Step {
        @Override
        public void happenTo(MeteringDriver line) {
            ScenarioFeed.arrive(recorded, line);
        }
    }

    private record Settling() implements Step {
        @Override
        public void happenTo(MeteringDriver line) {
            line.doWhatIsDue();
        }
    }

    private History(List<Step> steps) {
        this.steps = steps;
    }

    /**
     * A scenario whose control records become known by chance among its usage, while all its days are still kept; its days
     * close in the end. Before an hour passes, what is due is done: else a day may be let go before a change is looked at.
     */
    static History of(Scenario scenario, Random chance) {
        List<Step> steps = new ArrayList<>();
        Deque<SpecificRecord> late = new ArrayDeque<>(ControlRecords.of(scenario));
        for (int known = chance.nextInt(late.size() + 1); known > 0; known--) {
            steps.add(new Recording(late.remove()));
        }
        Instant latest = ScenarioFeed.allDaysKeptUntil(scenario);
        Instant clock = Instant.EPOCH;
        for (Recorded recorded : scenario.usage()) {
            while (!late.isEmpty()
                    && (chance.nextInt(3) > 0 || !recorded.ingest().isBefore(latest))) {
                steps.add(new Recording(late.remove()));
            }
            if (chance.nextInt(4) == 0 || recorded.ingest().isAfter(clock.plus(SETTLED_WITHIN))) {
                steps.add(new Settling());
            }
            steps.add(new Arriving(recorded));
            clock = recorded.ingest().isAfter(clock) ? recorded.ingest() : clock;
        }
        late.forEach(change -> steps.add(new Recording(change)));
        for (Duration later : List.of(Duration.ofHours(1), Duration.ofDays(3))) {
            steps.add(new Settling());
            steps.add(new Arriving(new Recorded(clock.plus(later), null, null, null)));
            steps.add(new Settling());
        }
        return new History(steps);
    }

    int size() {
        return steps.size();
    }

    /** Goes on from one step to another. */
    void happen(int from, int until, MeteringDriver line) {
        steps.subList(from, until).forEach(step -> step.happenTo(line));
        collect(line);
    }

    /** The state of the line is lost after so many steps; the line that takes its place reads the usage again. */
    void rebuild(int after, MeteringDriver line, Path newStateFolder) {
        collect(line);
        List<Step> past = steps.subList(0, after);
        List<Instant> ingested = past.stream()
                .filter(Arriving.class::isInstance)
                .map(step -> ((Arriving) step).recorded().ingest())
                .toList();
        FoundOnTopics found = new FoundOnTopics(ingested, lines, held, rejected, progress);
        line.rebuilt(newStateFolder, found.seeds(table(past), MeteringDriver.GRACE));
    }

    /** Usage up to a step is read again, and what is due is done now and then. */
    void readAgain(int until, MeteringDriver line, Random chance) {
        steps.subList(0, until).stream().filter(Arriving.class::isInstance).forEach(step -> {
            step.happenTo(line);
            if (chance.nextInt(5) == 0) {
                line.doWhatIsDue();
            }
        });
        collect(line);
    }

    private static ControlTable table(List<Step> steps) {
        ControlTable table = ControlTable.EMPTY;
        long offset = 0;
        for (Step step : steps) {
            if (step instanceof Recording recording) {
                try {
                    table = table.with(offset, new ControlRecord(recording.change()));
                } catch (Refused refused) {
                    table = table.at(offset);
                }
                offset++;
            }
        }
        return table;
    }

    private void collect(MeteringDriver line) {
        lines.addAll(line.lines());
        held.addAll(line.held());
        rejected.addAll(line.rejected());
        metered.addAll(line.metered());
        progress.addAll(line.progress());
    }
}
