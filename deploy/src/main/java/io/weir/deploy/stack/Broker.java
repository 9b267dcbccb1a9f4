package io.weir.deploy.stack;

import io.weir.deploy.console.Failure;
import io.weir.wire.TopicCreation;
import io.weir.wire.TopicNames;
import io.weir.wire.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;

/** The Kafka broker, which is its own controller (KRaft): Kafka's own programs in a child process. */
public final class Broker implements AutoCloseable {

    private static final String NAME = "broker";
    private static final String USAGE_PARTITION = Topics.USAGE_EVENTS.name() + "-\\d+";

    private final Child child;
    private final String bootstrapServers;

    private Broker(Child child, String bootstrapServers) {
        this.child = child;
        this.bootstrapServers = bootstrapServers;
    }

    /** Starts the broker on free ports; formats its folder at the first start. */
    static Broker start(DataFolder data) {
        String listener = "127.0.0.1:" + Ports.free();
        Path folder = data.folder(NAME);
        Path properties = PropertiesFile.write(
                folder.resolve("server.properties"), properties(folder, listener, "127.0.0.1:" + Ports.free()));
        if (!Files.exists(folder.resolve("meta.properties"))) {
            String cluster = Uuid.randomUuid().toString();
            List<String> format = List.of("format", "--cluster-id", cluster, "--config", properties.toString());
            java("formatting of the " + NAME, data, "kafka.tools.StorageTool", format)
                    .awaitSuccess();
        }
        Child child = java(NAME, data, "kafka.Kafka", List.of(properties.toString()));
        return new Broker(child, listener);
    }

    /** Number of partitions of {@code usage-events} that the broker keeps in this folder. */
    static int partitionsOfUsage(DataFolder data) {
        try (Stream<Path> folders = Files.list(data.folder(NAME))) {
            return (int)
                    folders.filter(folder -> folder.getFileName().toString().matches(USAGE_PARTITION))
                            .count();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private static Child java(String name, DataFolder data, String main, List<String> arguments) {
        List<String> options = List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Dlogback.configurationFile=logback-broker.xml",
                "-cp",
                System.getProperty("java.class.path"),
                main);
        return Child.java(
                name,
                data.log(NAME),
                Stream.concat(options.stream(), arguments.stream()).toList());
    }

    /** The settings in {@code broker.properties}, and those that differ with every start. */
    private static Properties properties(Path folder, String listener, String controller) {
        Properties properties = new Properties();
        try (InputStream fixed = Broker.class.getResourceAsStream("broker.properties")) {
            properties.load(fixed);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        properties.setProperty("listeners", "PLAINTEXT://" + listener + ",CONTROLLER://" + controller);
        properties.setProperty("advertised.listeners", "PLAINTEXT://" + listener);
        properties.setProperty("controller.quorum.voters", "0@" + controller);
        properties.setProperty("log.dirs", folder.toString());
        return properties;
    }

    void awaitReady() {
        Map<String, Object> impatient = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                2_000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                2_000);
        try (Admin admin = Admin.create(impatient)) {
            child.awaitReady(() -> answers(admin));
        }
    }

    /** Creates the topics that are not there yet, as an archive takes them: the writer of usage sets its ingest time. */
    void createTopics(TopicNames names, int partitions) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            List<String> differences = new TopicCreation(admin, partitions, (short) 1).create(names.forReplay());
            if (!differences.isEmpty()) {
                throw new Failure("The data folder is of another version of Weir; name a new one with --data.\n  "
                        + String.join("\n  ", differences));
            }
        } catch (KafkaException refused) {
            throw new Failure("The broker refuses to create the topics: " + refused.getMessage(), refused);
        }
    }

    private static boolean answers(Admin admin) {
        try {
            return !admin.describeCluster().nodes().get().isEmpty();
        } catch (ExecutionException notYet) {
            return false;
        } catch (InterruptedException stop) {
            throw Pause.interrupted(stop);
        }
    }

    /** Where clients connect, as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Ends the broker as a crash of its process would: SIGKILL. What it acknowledged is in the system's cache and stays. */
    public void kill() {
        child.kill();
    }

    /** Ends the broker as an operator would: SIGTERM. */
    public void stop() {
        child.close();
    }

    /** Starts the broker again at the same address, with the same data, and waits for it. */
    public void startAgain() {
        child.startAgain();
        awaitReady();
    }

    void requireAlive() {
        child.requireAlive();
    }

    @Override
    public void close() {
        child.close();
    }
}
