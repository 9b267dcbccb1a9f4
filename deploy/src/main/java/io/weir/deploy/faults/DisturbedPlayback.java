package io.weir.deploy.faults;

import io.weir.deploy.console.Progress;
import io.weir.deploy.scenario.Ending;
import io.weir.deploy.scenario.Loader;
import io.weir.deploy.scenario.Scenario;
import io.weir.deploy.scenario.UsageRecord;
import io.weir.deploy.stack.Pause;
import io.weir.deploy.stack.Pipeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the usage of a scenario in its order and lets parts fail on the way, one after the other. */
final class DisturbedPlayback implements AutoCloseable {

    /** While a part is away, a twentieth of the records goes on to be written. */
    private static final int WRITTEN_MEANWHILE = 20;

    /** A session of six seconds and two more: then the group knows that a frozen member is gone. */
    private static final Duration GIVEN_UP = Duration.ofSeconds(8);

    private final Loader loader;
    private final Progress console;
    private final Victims victims;
    private final Work work;
    private final Queue<Fault> due;
    private final List<Recovery> recoveries = new ArrayList<>();
    private Instant firstIngest = Instant.MAX;
    private Instant lastIngest = Instant.MIN;
    private long records;
    private @Nullable Fault away;
    private boolean interrupted;

    DisturbedPlayback(Pipeline pipeline, Loader loader, List<Fault> faults, Progress console) {
        this.loader = loader;
        this.console = console;
        this.victims = new Victims(pipeline);
        this.work = new Work(pipeline, loader);
        this.due = new ArrayDeque<>(faults);
    }

    /** Writes all usage and then moves the clocks; all faults have struck and all parts are back when it returns. */
    Ending play(Scenario scenario) {
        long all = scenario.countUsage();
        try (Stream<UsageRecord> usage = scenario.usage()) {
            usage.forEachOrdered(record -> write(record, all));
        }
        mend();
        loader.flush();
        strikeAndMendAllOf(Phase.POSTING);
        Ending ending = new Ending(lastIngest);
        ending.heartbeats().forEach(loader::heartbeat);
        loader.flush();
        strikeAndMendAllOf(Phase.CLOSING);
        return ending;
    }

    /** Number of records written, without heartbeats of its own. */
    long records() {
        return records;
    }

    /** How the faults went by, in their order. */
    List<Recovery> recoveries() {
        return recoveries;
    }

    private void write(UsageRecord record, long all) {
        loader.load(record);
        records++;
        firstIngest = record.ingest().isBefore(firstIngest) ? record.ingest() : firstIngest;
        lastIngest = record.ingest().isAfter(lastIngest) ? record.ingest() : lastIngest;
        if (away != null && records >= away.dueAfter(all) + all / WRITTEN_MEANWHILE) {
            mend();
        }
        Fault next = due.peek();
        if (away == null && next != null && next.phase() == Phase.WRITING && next.dueAfter(all) <= records) {
            loader.flush();
            strike(due.remove());
            mendBroker();
        }
    }

    /** The writer waits for a broker that is away, so it cannot be the one who writes on and then brings it back. */
    private void mendBroker() {
        if (away != null && away.part() == Part.BROKER) {
            mend();
        }
    }

    private void strikeAndMendAllOf(Phase phase) {
        while (!due.isEmpty() && due.element().phase() == phase) {
            strike(due.remove());
            mend();
        }
    }

    private void strike(Fault fault) {
        Pause.of(fault.delay());
        interrupted = work.awaitUnderWay(fault.phase());
        victims.strike(fault);
        away = fault;
    }

    private void mend() {
        Fault fault = away;
        if (fault == null) {
            return;
        }
        away = null;
        Pause.of(fault.down());
        if (fault.blow() == Blow.FREEZE) {
            letAnotherTakeOver(fault);
        }
        long startNanos = System.nanoTime();
        victims.mend(fault);
        work.awaitProgress(firstIngest, "The " + fault.inWords());
        Recovery recovery = new Recovery(fault, interrupted, Duration.ofNanos(System.nanoTime() - startNanos));
        recoveries.add(recovery);
        console.say("  " + recovery.inWords());
    }

    private void letAnotherTakeOver(Fault fault) {
        victims.standIn(fault);
        Pause.of(GIVEN_UP);
        work.awaitProgress(firstIngest, "The " + fault.inWords());
    }

    @Override
    public void close() {
        work.close();
    }
}
