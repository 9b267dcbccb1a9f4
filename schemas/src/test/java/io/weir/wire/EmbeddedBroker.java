package io.weir.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka broker and controller in this process, on 127.0.0.1: ready in about two seconds.
 *
 * <p>Most tests take the {@link #shared()} one and give their topics and application ids a prefix of their own.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final Map<String, String> SMALL_AND_ALONE = Map.ofEntries(
            Map.entry("node.id", "0"),
            Map.entry("process.roles", "broker,controller"),
            Map.entry("controller.listener.names", "CONTROLLER"),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            // A test that kills a member need not wait 6 s until it is missed.
            Map.entry("group.min.session.timeout.ms", "1000"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "4"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("transaction.state.log.num.partitions", "4"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.num.partitions", "4"),
            // The default takes 128 MiB of heap.
            Map.entry("log.cleaner.dedupe.buffer.size", "2097152"));

    private final Path directory;
    private final Properties properties;
    private final KafkaRaftServer server;

    private EmbeddedBroker(Path directory, Properties properties) {
        this.directory = directory;
        this.properties = properties;
        this.server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
        server.startup();
    }

    /** The broker of this process's tests, in a temporary directory; started when first asked for, closed when the process ends. */
    public static EmbeddedBroker shared() {
        return Shared.BROKER;
    }

    /**
     * Starts a broker of its own.
     *
     * @param directory for its data; formatted if it is new
     * @param options broker settings that come on top, e.g. {@code log.message.timestamp.after.max.ms}
     */
    public static EmbeddedBroker start(Path directory, Map<String, String> options) {
        return start(directory, options, List.of(), List.of());
    }

    /**
     * Starts a broker of its own that listens and asks for passwords elsewhere too.
     *
     * @param moreListeners beside {@code PLAINTEXT}, e.g. {@code SASL_SSL://127.0.0.1:20001}
     * @param scramUsers users that it knows from the start, e.g. {@code SCRAM-SHA-512=[name=somebody,password=secret]}
     */
    static EmbeddedBroker start(
            Path directory, Map<String, String> options, List<String> moreListeners, List<String> scramUsers) {
        try {
            String controller = "127.0.0.1:" + FreePort.next();
            List<String> listeners = new ArrayList<>(List.of("PLAINTEXT://127.0.0.1:" + FreePort.next()));
            listeners.addAll(moreListeners);
            listeners.add("CONTROLLER://" + controller);
            format(directory, scramUsers);
            Properties properties = new Properties();
            properties.putAll(SMALL_AND_ALONE);
            properties.put("listeners", String.join(",", listeners));
            properties.put("controller.quorum.voters", "0@" + controller);
            properties.put("log.dirs", directory.toString());
            properties.putAll(options);
            return new EmbeddedBroker(directory, properties);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** After {@link #close()}: a broker on the same data and the same ports, as after a restart. */
    public EmbeddedBroker restarted() {
        return new EmbeddedBroker(directory, properties);
    }

    /** {@code host:port} for clients. */
    public String bootstrapServers() {
        String listeners = properties.getProperty("listeners");
        return listeners.substring("PLAINTEXT://".length(), listeners.indexOf(','));
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path directory, List<String> scramUsers) {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        Formatter formatter = new Formatter()
                .setNodeId(0)
                .setClusterId(Uuid.randomUuid().toString())
                .addDirectory(directory.toString())
                .setMetadataLogDirectory(directory.toString())
                .setControllerListenerName("CONTROLLER")
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setScramArguments(scramUsers)
                .setIgnoreFormatted(true)
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()));
        try {
            formatter.run();
        } catch (Exception failure) {
            throw new IllegalStateException(directory + ": cannot be formatted for a broker", failure);
        }
    }

    private static final class Shared {

        private static final EmbeddedBroker BROKER = startUntilExit();

        private static EmbeddedBroker startUntilExit() {
            try {
                EmbeddedBroker broker = start(Files.createTempDirectory("weir-broker-"), Map.of());
                Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "close the shared broker"));
                return broker;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
