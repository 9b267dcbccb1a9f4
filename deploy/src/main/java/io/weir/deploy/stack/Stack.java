package io.weir.deploy.stack;

import io.weir.deploy.console.Failure;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * The servers that the applications need, and the applications. Everything stops in the reverse order of its start: at the end,
 * after a part that failed to start, and on Ctrl-C.
 *
 * <p>The applications are started apart from the servers, so that the control records can be on the broker before.
 *
 * @param data where all of them keep their data and logs
 * @param broker the Kafka broker, with all topics
 * @param registry the schema registry
 * @param database the fee center's database
 * @param partitions number of partitions of {@code usage-events}
 * @param parts what is to be stopped
 */
public record Stack(DataFolder data, Broker broker, Registry registry, Database database, int partitions, Parts parts)
        implements AutoCloseable {

    private static final String METERING_ID = "weir-metering";
    private static final String METERING_ID_KEY = "weir.application.id";

    private static final String METERING = "metering-stream";
    private static final String FEE_CENTER = "billing-sink";

    /** The ledger of one machine is small: whoever looks sees soon what became of a line. */
    private static final String CHECK_PAUSE = "PT15S";

    /** On one machine a process that is not heard of is soon known to be dead, and the next one takes over. */
    private static final String SESSION_MILLIS = "6000";

    private static final String HEARTBEAT_MILLIS = "1500";

    /**
     * Starts the servers; the data folder belongs to the stack from here on.
     *
     * @param partitions number of partitions of {@code usage-events}, 1 or more
     */
    public static Stack start(DataFolder data, int partitions) {
        Parts parts = new Parts();
        try {
            parts.start(() -> data);
            Registry registry = parts.start(() -> Registry.start(data));
            Broker broker = parts.start(() -> Broker.start(data));
            Database database = parts.start(() -> Database.start(data));
            database.createWhatIsMissing();
            broker.awaitReady();
            broker.createTopics(partitions);
            registry.awaitReady();
            return new Stack(data, broker, registry, database, partitions, parts);
        } catch (RuntimeException failed) {
            parts.close();
            throw failed;
        }
    }

    /** Starts the servers on a data folder in which they have run before. */
    public static Stack startAgain(DataFolder data) {
        int partitions = Broker.partitionsOfUsage(data);
        if (partitions == 0) {
            data.close();
            throw new Failure(data.root() + " is not the data folder of a run: there is no usage.");
        }
        return start(data, partitions);
    }

    /** Under this id the metering stream keeps its positions. */
    public String meteringId() {
        return PropertiesFile.read(meteringSettings()).getProperty(METERING_ID_KEY, METERING_ID);
    }

    /** From the next start on, the metering stream keeps its positions under another id. */
    public void meterUnder(String id) {
        Properties properties = PropertiesFile.read(meteringSettings());
        properties.setProperty(METERING_ID_KEY, id);
        PropertiesFile.write(meteringSettings(), properties);
    }

    /** The properties file of the metering stream. */
    public Path meteringSettings() {
        return data.root().resolve("metering-stream.properties");
    }

    /** Where the servers are in this run, as variables that come before what stands in a properties file. */
    public Map<String, String> addresses() {
        return Map.of("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers(), "SCHEMA_REGISTRY_URL", registry.url());
    }

    /** Starts the metering stream, one thread, without heartbeats of its own: whoever writes the usage moves the clocks. */
    public Application startMetering() {
        return startMetering(meteringId(), METERING);
    }

    /**
     * Starts a metering stream beside others.
     *
     * @param applicationId under which it keeps its positions; those with the same one share the partitions
     * @param name its own among all applications of the stack: names its log, its file of settings and its state folder
     */
    public Application startMetering(String applicationId, String name) {
        return parts.start(() -> Application.start(
                data,
                METERING,
                name,
                "1g",
                Map.of(
                        "kafka.bootstrap.servers",
                        broker.bootstrapServers(),
                        "schema.registry.url",
                        registry.url(),
                        METERING_ID_KEY,
                        applicationId,
                        "weir.state.dir",
                        data.folder(name).toString(),
                        "weir.stream.threads",
                        "1",
                        "weir.heartbeat.interval",
                        "off",
                        "weir.registry.unknown.wait",
                        "PT2S", // the one registry here is never behind a registration
                        "kafka.session.timeout.ms",
                        SESSION_MILLIS,
                        "kafka.heartbeat.interval.ms",
                        HEARTBEAT_MILLIS)));
    }

    /** Starts the fee center's sink. */
    public Application startFeeCenter() {
        return startFeeCenter(FEE_CENTER);
    }

    /**
     * Starts a sink beside others, with which it shares the partitions of the lines.
     *
     * @param name its own among all applications of the stack: names its log and its file of settings
     */
    public Application startFeeCenter(String name) {
        return parts.start(() -> Application.start(
                data,
                FEE_CENTER,
                name,
                "256m",
                Map.of(
                        "kafka.session.timeout.ms",
                        SESSION_MILLIS,
                        "kafka.heartbeat.interval.ms",
                        HEARTBEAT_MILLIS,
                        "kafka.bootstrap.servers",
                        broker.bootstrapServers(),
                        "schema.registry.url",
                        registry.url(),
                        "weir.ledger.check.pause",
                        CHECK_PAUSE,
                        "weir.database.url",
                        database.url(),
                        "weir.database.user",
                        Database.SINK,
                        "weir.database.password",
                        Database.SINK,
                        "weir.database.owner.user",
                        Database.OWNER,
                        "weir.database.owner.password",
                        Database.OWNER)));
    }

    /** Reports a server that has died, with the last it logged. */
    public void requireAlive() {
        broker.requireAlive();
        registry.requireAlive();
    }

    @Override
    public void close() {
        parts.close();
    }
}
