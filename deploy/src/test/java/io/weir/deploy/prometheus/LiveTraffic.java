package io.weir.deploy.prometheus;

import io.weir.deploy.generate.Traffic;
import io.weir.deploy.generate.World;
import io.weir.deploy.generate.WorldFiles;
import io.weir.deploy.generate.WorldMaker;
import io.weir.deploy.scenario.Loader;
import io.weir.deploy.scenario.Scenario;
import io.weir.deploy.scenario.ScenarioWriter;
import io.weir.deploy.scenario.UsageRecord;
import io.weir.deploy.stack.Stack;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Some workspaces that have reported for three days, so that days have closed, and go on reporting by the clock of this machine. */
final class LiveTraffic implements AutoCloseable {

    private static final long SEED = 7;
    private static final int WORKSPACES = 12;
    private static final Duration PAST = Duration.ofDays(3);
    private static final Duration BETWEEN_PAST_RECORDS = Duration.ofSeconds(30);
    private static final Duration BETWEEN_RECORDS = Duration.ofMillis(20);
    private static final long BEAT_MILLIS = 500;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Loader loader;
    private final World world;
    private final Traffic traffic;
    private final Instant now = Instant.now();
    private UsageRecord next;

    /** Control records are on the broker after this, usage is not. */
    LiveTraffic(Stack stack, Path folder) {
        loader = new Loader(stack.broker().bootstrapServers(), stack.registry().url(), stack.partitions());
        world = new WorldMaker(new Random(SEED), now.minus(PAST), PAST).make(WORKSPACES);
        try (ScenarioWriter files = ScenarioWriter.in(folder)) {
            WorldFiles.write(world, files);
        }
        loader.loadControl(Scenario.open(folder).control());
        traffic = new Traffic(world, new Random(SEED), now, BETWEEN_RECORDS, "live");
        next = traffic.next();
    }

    /**
     * Writes what came in the past, and then what comes, until closed.
     *
     * @return number of records of the past
     */
    @SuppressWarnings("FutureReturnValueIgnored") // what fails here is missed by the test
    long start() {
        Traffic past = new Traffic(world, new Random(SEED), now.minus(PAST), BETWEEN_PAST_RECORDS, "past");
        for (UsageRecord record = past.next(); record.ingest().isBefore(now); record = past.next()) {
            loader.load(record);
        }
        loader.flush();
        long records = loader.usageSent();
        clock.scheduleWithFixedDelay(this::writeWhatHasCome, 0, BEAT_MILLIS, TimeUnit.MILLISECONDS);
        return records;
    }

    private void writeWhatHasCome() {
        Instant until = Instant.now();
        while (next.ingest().isBefore(until)) {
            loader.load(next);
            next = traffic.next();
        }
        loader.heartbeat(until);
        loader.flush();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        loader.close();
    }
}
