package io.weir.publish;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A host in a process of its own that publishes without end, a different quantity each time, and prints each event that was
 * acknowledged: what a test kills.
 */
public final class PublishingProcess {

    /** What the host was told, with the quantity by which its event is known. */
    public record Acknowledged(EventNumber number, long quantity) {}

    private static final String METER = "log_records";

    private static final String ACKNOWLEDGED = "acknowledged ";

    private PublishingProcess() {}

    /** Arguments: name, folder, Kafka's address, the registry's, the first quantity, when it happened, the workspaces. */
    public static void main(String[] arguments) throws IOException, UsageRefused {
        PublisherConfig config = config(
                arguments[0],
                Path.of(arguments[1]),
                Map.of("bootstrap.servers", arguments[2], "schema.registry.url", arguments[3]));
        long quantity = Long.parseLong(arguments[4]);
        Instant occurredAt = Instant.parse(arguments[5]);
        List<String> workspaces = List.of(arguments).subList(6, arguments.length);
        try (UsagePublisher publisher = UsagePublisher.open(config)) {
            while (true) {
                String workspaceId = workspaces.get((int) (quantity % workspaces.size()));
                EventNumber number = publisher.publish(workspaceId, occurredAt, "", Map.of(METER, quantity));
                System.out.println("%s%s %s %d %d"
                        .formatted(ACKNOWLEDGED, number.workspaceId(), number.source(), number.sequence(), quantity++));
                System.out.flush();
            }
        }
    }

    /** The configuration of the killed process and of who sends what it left. */
    public static PublisherConfig config(String name, Path folder, Map<String, String> settings) {
        return new PublisherConfig(name, folder, 64 << 20, Duration.ofSeconds(60), Duration.ofSeconds(60), settings);
    }

    /** Starts the process and kills it, as {@code kill -9} does, when so many events are acknowledged: all it was heard to say. */
    public static List<Acknowledged> killedAfter(
            int events, PublisherConfig config, long firstQuantity, Instant occurredAt, List<String> workspaces)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(config, firstQuantity, occurredAt, workspaces))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Acknowledged> acknowledged = new ArrayList<>();
        try (BufferedReader said = process.inputReader()) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.startsWith(ACKNOWLEDGED)) { // what it logs comes this way too
                    acknowledged.add(acknowledged(line.substring(ACKNOWLEDGED.length())));
                }
                if (acknowledged.size() == events) {
                    // The process's own method would close the stream as well.
                    process.toHandle().destroyForcibly();
                }
            }
        }
        process.waitFor();
        return acknowledged;
    }

    private static Acknowledged acknowledged(String line) {
        String[] words = line.split(" ", -1);
        return new Acknowledged(
                new EventNumber(words[0], words[1], Long.parseLong(words[2])), Long.parseLong(words[3]));
    }

    private static List<String> command(
            PublisherConfig config, long firstQuantity, Instant occurredAt, List<String> workspaces) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                PublishingProcess.class.getName(),
                config.name(),
                config.spoolFolder().toString(),
                setting(config, "bootstrap.servers"),
                setting(config, "schema.registry.url"),
                Long.toString(firstQuantity),
                occurredAt.toString()));
        command.addAll(workspaces);
        return command;
    }

    private static String setting(PublisherConfig config, String key) {
        return Objects.requireNonNull(config.settings().get(key));
    }
}
