package io.weir.deploy.quickstart;

import io.weir.deploy.generate.Traffic;
import io.weir.deploy.generate.World;
import io.weir.deploy.generate.WorldFiles;
import io.weir.deploy.generate.WorldMaker;
import io.weir.deploy.scenario.Loader;
import io.weir.deploy.scenario.Scenario;
import io.weir.deploy.scenario.ScenarioWriter;
import io.weir.deploy.scenario.UsageRecord;
import io.weir.deploy.stack.DataFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/** Some dozens of workspaces whose producers report while simulated time passes. */
final class Simulation {

    /** Midnight in Shanghai; the clocks change in Berlin on the second day. */
    private static final Instant START = Instant.parse("2026-03-27T16:00:00Z");

    private static final long SEED = 2026;
    private static final int WORKSPACES = 30;
    private static final Duration CHANGES_WITHIN = Duration.ofDays(3);
    private static final Duration BETWEEN_RECORDS = Duration.ofSeconds(4);

    private final DataFolder data;
    private final Loader loader;
    private final World world;
    private final Traffic traffic;
    private SimulatedTime time;
    private UsageRecord next;

    /** Goes on where the last simulation in this folder ended. */
    Simulation(DataFolder data, Loader loader) {
        this.data = data;
        this.loader = loader;
        this.time = SimulatedTime.next(data, START);
        this.world = new WorldMaker(new Random(SEED), START, CHANGES_WITHIN).make(WORKSPACES);
        this.traffic = new Traffic(
                world, new Random(SEED + time.run()), time.now(), BETWEEN_RECORDS, Integer.toString(time.run()));
        this.next = traffic.next();
    }

    World world() {
        return world;
    }

    Instant now() {
        return time.now();
    }

    boolean isFirstRun() {
        return time.isFirstRun();
    }

    /** Usage records sent in this run, heartbeats among them. */
    long sent() {
        return loader.usageSent();
    }

    /** Tells the pipeline who is there, unless an earlier run has. */
    void introduce() {
        if (time.isFirstRun()) {
            Path folder = data.folder("simulation");
            try (ScenarioWriter files = ScenarioWriter.in(folder)) {
                WorldFiles.write(world, files);
            }
            loader.loadControl(Scenario.open(folder).control());
        }
    }

    /** Lets time pass: sends what arrives until then, and moves the clock of every partition. */
    void passTo(Instant later) {
        while (next.ingest().isBefore(later)) {
            loader.load(next);
            next = traffic.next();
        }
        loader.heartbeat(later);
        loader.flush();
        time = time.reached(data, later);
    }
}
