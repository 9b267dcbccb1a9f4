package io.weir.metering;

import static io.weir.wire.Patience.await;

import io.weir.metering.recomputation.Scenario;
import io.weir.metering.recomputation.ScenarioFolder;
import io.weir.usage.Reading;
import io.weir.usage.UsageEvent;
import io.weir.wire.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The scenario {@code tiny} on one partition of a real broker, and the metering stream as a process that reads it and what a
 * test writes behind it.
 */
final class TinyStream implements AutoCloseable {

    /** A workspace of the scenario. */
    static final String WORKSPACE = "wksp_trial";
    /** How many of the scenario's records are accepted, and refused. */
    static final long ACCEPTED = 240;

    static final long REJECTED = 9;

    final MeteringTopics topics = new MeteringTopics(1);
    final Instant end;

    private final MeteringProcess process;

    /** Starts the process with these settings on top. */
    TinyStream(Path folder, String applicationId, Map<String, String> options) throws IOException {
        Scenario scenario = new ScenarioFolder(Path.of("src/test/resources/scenarios/tiny")).read();
        end = scenario.usage().get(scenario.usage().size() - 1).ingest();
        topics.load(scenario, end);
        Map<String, String> settings = new HashMap<>(topics.settings());
        settings.put("weir.application.id", applicationId);
        settings.put("weir.state.dir", folder.resolve("state").toString());
        settings.put("weir.http.port", Integer.toString(FreePort.next()));
        settings.put("weir.heartbeat.interval", "off");
        settings.putAll(options);
        process = MeteringProcess.start(folder, settings, "512m");
    }

    /** An event that the line accepts, of a source of this name. */
    UsageEvent event(String source) {
        return new UsageEvent(WORKSPACE, source, 0L, "id", end, "", List.of(new Reading("log_records", 1L)));
    }

    /** Waits until all that was written up to this instant of the clock is metered. */
    void awaitMetered(Instant clock) {
        await().until(() -> topics.isMeteredUntil(clock));
    }

    /** How many records had this outcome so far, by the metrics. */
    long records(String outcome) throws IOException, InterruptedException {
        return process.recordCounters()
                .filter(counter -> counter.outcome().equals(outcome))
                .mapToLong(MeteringProcess.RecordCounter::records)
                .sum();
    }

    @Override
    public void close() {
        process.close();
        topics.close();
    }
}
