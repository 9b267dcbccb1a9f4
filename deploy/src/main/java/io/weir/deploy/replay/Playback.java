package io.weir.deploy.replay;

import io.weir.deploy.console.Failure;
import io.weir.deploy.console.Progress;
import io.weir.deploy.scenario.Ending;
import io.weir.deploy.scenario.Loader;
import io.weir.deploy.scenario.Scenario;
import io.weir.deploy.scenario.UsageRecord;
import io.weir.deploy.stack.Pause;
import io.weir.deploy.stack.Pipeline;
import io.weir.deploy.watch.MeteringMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.stream.Stream;

/** Writes the usage of a scenario in its order, and kills the metering stream on the way where asked. */
final class Playback {

    private static final Duration LONGEST_CATCH_UP = Duration.ofMinutes(5);

    private final Pipeline pipeline;
    private final Loader loader;
    private final Progress console;
    private final MeteringMetrics metrics;
    private final Queue<Long> kills;
    private final Pace pace;
    private Instant lastIngest = Instant.MIN;
    private long records;
    private long recordsAtStart;

    /**
     * A playback that has not begun.
     *
     * @param kills numbers of records after which the metering stream is killed
     * @param pace told how many records were written
     */
    Playback(Pipeline pipeline, Loader loader, Progress console, List<Long> kills, Pace pace) {
        this.pipeline = pipeline;
        this.loader = loader;
        this.console = console;
        this.metrics = new MeteringMetrics(pipeline.meterings());
        this.kills = new PriorityQueue<>(kills);
        this.pace = pace;
    }

    /** Writes all usage and then moves the clocks, so that every day closes and every correction is issued. */
    Ending play(Scenario scenario) {
        try (Stream<UsageRecord> usage = scenario.usage()) {
            usage.forEachOrdered(this::write);
        }
        Ending ending = new Ending(lastIngest);
        ending.heartbeats().forEach(loader::heartbeat);
        loader.flush();
        console.say("  %,d records written".formatted(records));
        return ending;
    }

    /** Number of records written, without heartbeats of the loader's own. */
    long records() {
        return records;
    }

    private void write(UsageRecord record) {
        loader.load(record);
        records++;
        pace.written(records);
        lastIngest = record.ingest().isAfter(lastIngest) ? record.ingest() : lastIngest;
        console.count(() -> "  %,d records written".formatted(records));
        while (!kills.isEmpty() && kills.element() <= records) {
            kills.remove();
            crash();
        }
    }

    /** Kills the stream once it has processed most of what is written, so that work is under way that it has not committed. */
    private void crash() {
        loader.flush();
        long sinceStart = records - recordsAtStart;
        Pause.until(
                () -> metrics.processed() >= sinceStart - sinceStart / 10,
                LONGEST_CATCH_UP,
                pipeline::requireAlive,
                () -> new Failure("The metering stream has not processed %,d records within %d minutes"
                        .formatted(sinceStart, LONGEST_CATCH_UP.toMinutes())));
        pipeline.metering().kill();
        console.say("  metering stream killed after %,d records".formatted(records));
        pipeline.metering().startAgain();
        recordsAtStart = records;
    }
}
