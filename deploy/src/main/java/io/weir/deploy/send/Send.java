package io.weir.deploy.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.deploy.installation.Arrival;
import io.weir.deploy.installation.Cluster;
import io.weir.deploy.installation.MeteringInstallation;
import io.weir.deploy.installation.UsageWriter;
import io.weir.metering.MeteringConfig;
import io.weir.usage.UsageEvent;
import io.weir.wire.AvroSerializer;
import io.weir.wire.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends usage from a file. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends usage from a file with one event a line, in the form of usage.ndjson (rules.md §9):",
            "  {\"value\":{\"workspace_id\":\"wksp_1\",\"occurred_at\":\"2026-03-02T12:00:00Z\",\"resource\":\"\","
                    + "\"readings\":{\"log_records\":\"1200\"}}}",
            "First the whole file is checked: one mistake, and nothing is sent. An event keeps the source, the sequence and the"
                    + " event_id that it has. Without an event_id it gets one made from its content, so that the same file sent"
                    + " twice counts once. \"ingest\" is passed over: the events arrive now."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all is sent",
            "1:the file has mistakes and nothing is sent, or something failed; said in words",
            "2:wrong usage of the command"
        })
public final class Send implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The file; - for the standard input.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "The source of events that name none. Say the same when the file is sent again.")
    private @Nullable String source;

    @Mixin
    private MeteringInstallation installation = new MeteringInstallation();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    private final TreeMap<String, Long> sentByWorkspace = new TreeMap<>();

    /** For picocli. */
    public Send() {}

    @Override
    public Integer call() throws IOException {
        MeteringConfig metering = installation.metering();
        if (!file.toString().equals("-")) {
            return send(new UsageLines(file, source), metering);
        }
        Path input = Files.createTempFile("weir-send-", ".ndjson");
        try {
            Files.copy(System.in, input, StandardCopyOption.REPLACE_EXISTING);
            return send(new UsageLines(input, source), metering);
        } finally {
            Files.delete(input);
        }
    }

    private int send(UsageLines lines, MeteringConfig metering) {
        Cluster cluster = Cluster.of(metering);
        List<String> mistakes = lines.mistakes(Expectation.read(cluster, Arrival.on(cluster), Instant.now()));
        PrintWriter out = command.commandLine().getOut();
        if (!mistakes.isEmpty()) {
            mistakes.forEach(out::println);
            out.printf("%,d mistakes. Nothing was sent.%n", mistakes.size());
            out.flush();
            return 1;
        }
        write(lines, cluster, metering);
        sentByWorkspace.forEach((workspaceId, events) -> out.printf("%s: %,d events%n", workspaceId, events));
        out.printf(
                "%,d events sent. Sent again, they count once.%n",
                sentByWorkspace.values().stream().mapToLong(Long::longValue).sum());
        out.flush();
        return 0;
    }

    private void write(UsageLines lines, Cluster cluster, MeteringConfig metering) {
        try (AvroSerializer<UsageEvent> values = new AvroSerializer<>();
                UsageWriter writer = UsageWriter.to(cluster)) {
            values.configure(metering.registry(), false);
            lines.each(event -> {
                byte[] value = Objects.requireNonNull(values.serialize(Topics.USAGE_EVENTS.name(), event));
                writer.send(event.getWorkspaceId().getBytes(UTF_8), value);
                sentByWorkspace.merge(event.getWorkspaceId(), 1L, Long::sum);
            });
            writer.awaitAll();
        }
    }
}
