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
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;

/** The Kafka broker, which is its own controller (KRaft): Kafka's own programs in a child process. */
public final class Broker implements AutoCloseable {

    private static final String NAME = "broker";
    private static final String MAIN = "kafka.Kafka";
    private static final int NODE = 0;
    private static final String USAGE_PARTITION = Topics.USAGE_EVENTS.name() + "-\\d+";

    private final DataFolder data;
    private final Properties settings;
    private final Child child;

    private Broker(DataFolder data, Properties settings, Child child) {
        this.data = data;
        this.settings = settings;
        this.child = child;
    }

    /** Starts the broker on free ports; formats its folder at the first start. */
    static Broker start(DataFolder data) {
        String listener = "127.0.0.1:" + Ports.free();
        Path folder = data.folder(NAME);
        Properties settings = properties(folder, listener, "127.0.0.1:" + Ports.free());
        Path file = PropertiesFile.write(folder.resolve("server.properties"), settings);
        if (Files.exists(folder.resolve("meta.properties"))) {
            forgetFormerLife(data, settings);
        } else {
            String cluster = Uuid.randomUuid().toString();
            List<String> format = List.of("format", "--cluster-id", cluster, "--config", file.toString());
            java("formatting of the " + NAME, data, "kafka.tools.StorageTool", format)
                    .awaitSuccess();
        }
        return new Broker(data, settings, java(NAME, data, MAIN, List.of(file.toString())));
    }

    /**
     * Takes a broker that was killed off the controller's books, by a controller that runs alone. Otherwise the broker finds itself
     * there as a leader, takes up its transactions, and when the controller then fences its former life, drops the markers of those that
     * were decided: they are never seen to end, and whoever reads what is committed waits for ever. It is also ready sooner.
     */
    private static void forgetFormerLife(DataFolder data, Properties settings) {
        Properties controllerOnly = new Properties();
        controllerOnly.putAll(settings);
        controllerOnly.remove("advertised.listeners");
        controllerOnly.setProperty("process.roles", "controller");
        controllerOnly.setProperty("listeners", "CONTROLLER://" + controller(settings));
        Path file = PropertiesFile.write(data.folder(NAME).resolve("controller.properties"), controllerOnly);
        try (Child controller = java("controller of the " + NAME, data, MAIN, List.of(file.toString()));
                Admin admin =
                        Admin.create(impatient(AdminClientConfig.BOOTSTRAP_CONTROLLERS_CONFIG, controller(settings)))) {
            controller.awaitReady(() -> isUnregistered(admin));
        }
    }

    private static boolean isUnregistered(Admin admin) {
        try {
            admin.unregisterBroker(NODE).all().get();
            return true;
        } catch (ExecutionException refused) {
            return refused.getCause() instanceof BrokerIdNotRegisteredException;
        } catch (InterruptedException stop) {
            throw Pause.interrupted(stop);
        }
    }

    private static String controller(Properties settings) {
        return settings.getProperty("controller.quorum.voters").substring((NODE + "@").length());
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
        properties.setProperty("node.id", String.valueOf(NODE));
        properties.setProperty("controller.quorum.voters", NODE + "@" + controller);
        properties.setProperty("log.dirs", folder.toString());
        return properties;
    }

    void awaitReady() {
        try (Admin admin = Admin.create(impatient(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
            child.awaitReady(() -> answers(admin));
        }
    }

    private static Map<String, Object> impatient(String bootstrap, String address) {
        return Map.of(
                bootstrap,
                address,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                2_000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                2_000);
    }

    /** Creates the topics that are not there yet, as an archive takes them: the writer of usage sets its ingest time. */
    void createTopics(TopicNames names, int partitions) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
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
        return settings.getProperty("advertised.listeners").substring("PLAINTEXT://".length());
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
        forgetFormerLife(data, settings);
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
