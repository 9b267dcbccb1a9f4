package io.weir.deploy.stack;

import static java.util.Map.entry;

import io.weir.deploy.console.Failure;
import io.weir.wire.TopicNames;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;

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
 * @param postbox takes the mail that the fee center sends
 * @param partitions number of partitions of {@code usage-events}
 * @param topics under which names its applications find their topics
 * @param parts what is to be stopped
 */
public record Stack(
        DataFolder data,
        Broker broker,
        Registry registry,
        Database database,
        Postbox postbox,
        int partitions,
        TopicNames topics,
        Parts parts)
        implements AutoCloseable {

    private static final String METERING_ID = "weir-metering";
    private static final String METERING_ID_KEY = "weir.application.id";

    private static final String METERING = "metering-stream";
    private static final String FEE_CENTER = "billing-sink";

    /** The ledger of one machine is small: whoever looks sees soon what became of a line. */
    private static final String CHECK_PAUSE = "PT15S";

    private static final String ERRANDS_PAUSE = "PT2S";

    /** Opens the operator's pages of a console that listens on this machine only. */
    public static final String OPERATOR_PASSWORD = "weir-operator";

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
            Postbox postbox = parts.start(() -> Postbox.start(data));
            database.createWhatIsMissing();
            broker.awaitReady();
            broker.createTopics(TopicNames.LIVE, partitions);
            registry.awaitReady();
            return new Stack(data, broker, registry, database, postbox, partitions, TopicNames.LIVE, parts);
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

    /**
     * The same servers for a shadow beside the live installation, with topics and tables of its own. It stops together with the
     * live one.
     *
     * @param prefix of its topics and of the ids and files of its applications
     */
    public Stack shadow(String prefix) {
        TopicNames names = new TopicNames(prefix);
        broker.createTopics(names, partitions);
        return new Stack(data, broker, registry, database, postbox, partitions, names, parts);
    }

    /** The database's schema in which the tables of the ledger are. */
    private String schema() {
        return topics.equals(TopicNames.LIVE) ? "public" : topics.prefix().replaceAll("[^a-z0-9_]", "");
    }

    /** Connections with which the ledger can be read. */
    public DataSource ledger() {
        return database.ledger(schema());
    }

    /** Connections with the rights of the fee center, for what its console does. */
    public DataSource accounts() {
        return database.feeCenter(schema());
    }

    /** Under this id the metering stream keeps its positions. */
    public String meteringId() {
        return PropertiesFile.read(meteringSettings()).getProperty(METERING_ID_KEY, topics.prefix() + METERING_ID);
    }

    /** From the next start on, the metering stream keeps its positions under another id. */
    public void meterUnder(String id) {
        Properties properties = PropertiesFile.read(meteringSettings());
        properties.setProperty(METERING_ID_KEY, id);
        PropertiesFile.write(meteringSettings(), properties);
    }

    /** The properties file of the metering stream. */
    public Path meteringSettings() {
        return data.root().resolve(topics.prefix() + METERING + ".properties");
    }

    /** The properties file of the fee center. */
    public Path feeCenterSettings() {
        return data.root().resolve(topics.prefix() + FEE_CENTER + ".properties");
    }

    /** Where the servers are in this run, as variables that come before what stands in a properties file. */
    public Map<String, String> addresses() {
        return Map.of("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers(), "SCHEMA_REGISTRY_URL", registry.url());
    }

    /**
     * Starts an instance of the metering stream, one thread, without heartbeats of its own: whoever writes the usage moves the clocks.
     *
     * @param applicationId under which it keeps its positions; those with the same one share the partitions
     * @param name its own among all applications of the stack: names its log, its file of settings and its state folder
     * @param more settings beside those that the stack needs
     */
    public Application startMetering(String applicationId, String name, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(meteringSettings(applicationId, name));
        settings.putAll(more);
        return parts.start(() -> Application.start(data, METERING, name, "1g", settings));
    }

    private Map<String, String> meteringSettings(String applicationId, String name) {
        return Map.ofEntries(
                entry("kafka.bootstrap.servers", broker.bootstrapServers()),
                entry("schema.registry.url", registry.url()),
                entry(TopicNames.KEY, topics.prefix()),
                entry(METERING_ID_KEY, applicationId),
                entry("weir.state.dir", data.folder(name).toString()),
                entry("weir.stream.threads", "1"),
                entry("weir.heartbeat.interval", "off"),
                entry("weir.registry.unknown.wait", "PT2S"), // the one registry here is never behind a registration
                entry("kafka.session.timeout.ms", SESSION_MILLIS),
                entry("kafka.heartbeat.interval.ms", HEARTBEAT_MILLIS));
    }

    /** Starts the fee center's sink. */
    public Application startFeeCenter() {
        return startFeeCenter(topics.prefix() + FEE_CENTER);
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
                Map.ofEntries(
                        entry("kafka.session.timeout.ms", SESSION_MILLIS),
                        entry("kafka.heartbeat.interval.ms", HEARTBEAT_MILLIS),
                        entry("kafka.bootstrap.servers", broker.bootstrapServers()),
                        entry("schema.registry.url", registry.url()),
                        entry("weir.ledger.check.pause", CHECK_PAUSE),
                        entry("weir.errands.pause", ERRANDS_PAUSE),
                        entry("weir.clock", "METERING"),
                        entry(Application.CONSOLE_PORT, "chosen at the start"),
                        entry("weir.console.operator.password", OPERATOR_PASSWORD),
                        entry("weir.console.payments", "TEST"),
                        entry("weir.smtp.host", "127.0.0.1"),
                        entry("weir.smtp.port", Integer.toString(postbox.port())),
                        entry("weir.smtp.encryption", "NONE"),
                        entry("weir.smtp.from", Postbox.FEE_CENTER),
                        entry(TopicNames.KEY, topics.prefix()),
                        entry("weir.database.schema", schema()),
                        entry("weir.database.url", database.url()),
                        entry("weir.database.user", Database.SINK),
                        entry("weir.database.password", Database.SINK),
                        entry("weir.database.owner.user", Database.OWNER),
                        entry("weir.database.owner.password", Database.OWNER))));
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
