package io.weir.metering;

import io.weir.wire.FreePort;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The metering stream as a process of its own. What it prints over all its starts is appended to one log. */
final class MeteringProcess implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Pattern RECORDS = Pattern.compile(
            "^weir_usage_records_total\\{outcome=\"(.*?)\",partition=\"\\d+\",reason=\"(.*?)\"} (.*)$",
            Pattern.MULTILINE);

    private final Process process;
    private final Path log;
    private final int port;

    private MeteringProcess(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** Starts it with these settings; its properties file and its log are in the folder. */
    static MeteringProcess start(Path folder, Map<String, String> settings) throws IOException {
        return start(folder, settings, "192m");
    }

    /** Starts it with so much heap, as {@code -Xmx}. */
    static MeteringProcess start(Path folder, Map<String, String> settings, String heap) throws IOException {
        Path file = folder.resolve("metering-stream.properties");
        Path log = folder.resolve("log");
        Properties properties = new Properties();
        properties.putAll(settings);
        try (var writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx" + heap,
                        "-Dlogback.configurationFile=" + MeteringApp.class.getResource("/logback.xml"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        MeteringApp.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()))
                .start();
        return new MeteringProcess(process, log, Integer.parseInt(settings.getOrDefault("weir.http.port", "0")));
    }

    /** What an operator sets for a process whose state is in this folder, and who moves the clock himself. */
    static Map<String, String> settings(Path folder, String applicationId, Map<String, String> where)
            throws IOException {
        Map<String, String> settings = new HashMap<>(where);
        settings.put("weir.application.id", applicationId);
        settings.put("weir.state.dir", folder.resolve("state").toString());
        settings.put("weir.http.port", Integer.toString(FreePort.next()));
        settings.put("weir.heartbeat.interval", "off");
        settings.put("kafka.session.timeout.ms", "6000"); // so that a killed one is soon missed
        settings.put("kafka.heartbeat.interval.ms", "1000");
        return settings;
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGTERM; returns the exit status. */
    int terminate(long patienceSeconds) throws InterruptedException {
        process.destroy();
        return exitStatus(patienceSeconds);
    }

    /** The exit status, once the process has ended by itself or been told to. */
    int exitStatus(long patienceSeconds) throws InterruptedException {
        if (!process.waitFor(patienceSeconds, TimeUnit.SECONDS)) {
            throw new AssertionError("still running after " + patienceSeconds + " s");
        }
        return process.exitValue();
    }

    private void requireAlive() throws IOException {
        if (!process.isAlive()) {
            String log = log();
            throw new AssertionError("it ended with status %d; the end of its log: %s"
                    .formatted(process.exitValue(), log.substring(Math.max(0, log.length() - 4_000))));
        }
    }

    /** What it answers over HTTP. */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        requireAlive();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    /** One counter {@code weir_usage_records_total}: how many records of some partition had this outcome. */
    record RecordCounter(String outcome, String reason, long records) {

        private static RecordCounter of(MatchResult match) {
            return new RecordCounter(match.group(1), match.group(2), (long) Double.parseDouble(match.group(3)));
        }

        /** Its first columns in outcomes.csv. */
        String columns() {
            return outcome + "," + reason;
        }
    }

    /** The counters of all partitions. */
    Stream<RecordCounter> recordCounters() throws IOException, InterruptedException {
        return RECORDS.matcher(get("/metrics").body()).results().map(RecordCounter::of);
    }

    /** How many records it says to have read. */
    long recordsRead() throws IOException, InterruptedException {
        return recordCounters().mapToLong(RecordCounter::records).sum();
    }

    /** What was printed so far. */
    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        kill();
    }
}
