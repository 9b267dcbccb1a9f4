package io.weir.feecenter;

import io.weir.billing.BillLine;
import io.weir.feecenter.account.SmtpServer;
import io.weir.feecenter.ledger.BillLineConsumer;
import io.weir.feecenter.web.ConsoleSettings;
import io.weir.wire.RegistrySettings;
import io.weir.wire.Secret;
import io.weir.wire.Settings;
import io.weir.wire.TopicNames;
import io.weir.wire.Topics;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Everything an operator may set. Read once in {@code main}; no other class reads the environment.
 *
 * @param topics {@code weir.topics.prefix}: under which names the topics are found; a shadow has a prefix
 * @param schema {@code weir.database.schema}: the database's schema in which the ledger's tables are; a shadow has one of its own
 * @param database {@code weir.database.url}, {@code weir.database.user}, {@code weir.database.password}: how the sink connects, by
 *     {@code jdbc:postgresql://…}; its role owns nothing
 * @param owner {@code weir.database.owner.user}, {@code weir.database.owner.password}: how the owner of the tables connects, if
 *     migrations are to run at start; else the tables are only checked
 * @param http {@code weir.http.host}, {@code weir.http.port}: where metrics and health are served
 * @param group {@code weir.sink.group}: the consumer group
 * @param checkPause {@code weir.ledger.check.pause}: pause between two checks of the whole ledger
 * @param console how people reach the fee center in a browser
 * @param clock {@code weir.clock}: by which time it binds, pays and settles: {@code SYSTEM}, or {@code METERING} for simulations and
 *     replays
 * @param errands what is done in the background beside the posting
 * @param deserializer {@code weir.value.deserializer}: class that decodes the values of the topics
 * @param kafka settings handed through to the consumer and to the deserializer
 */
public record FeeCenterConfig(
        TopicNames topics,
        String schema,
        Login database,
        Optional<Login> owner,
        InetSocketAddress http,
        String group,
        Duration checkPause,
        ConsoleSettings console,
        Time clock,
        ErrandSettings errands,
        String deserializer,
        Map<String, String> kafka) {

    private static final Pattern SCHEMA = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
    private static final String CURRENT_SCHEMA = "currentSchema";

    /** Defensive copies. */
    public FeeCenterConfig {
        kafka = Map.copyOf(kafka);
    }

    /**
     * How one role connects to the database.
     *
     * @param url {@code jdbc:postgresql://…}, with the schema as {@code currentSchema}
     * @param user name of the role
     * @param password its password; empty where the server asks for none
     */
    public record Login(String url, String user, Optional<Secret> password) {}

    /** By which time the fee center binds, pays and settles; people sign in by the system's time always. */
    public enum Time {
        /** The system's: what happens, happens now. */
        SYSTEM,
        /** That of the metering stream, for simulations and replays: now is when the newest usage was ingested. */
        METERING
    }

    /**
     * What is done in the background beside the posting: the control log is told, mail is sent, days are settled.
     *
     * @param pause {@code weir.errands.pause}: pause between two looks at what is left to do
     * @param smtp {@code weir.smtp.host}, {@code weir.smtp.port}, {@code weir.smtp.encryption}, {@code weir.smtp.from},
     *     {@code weir.smtp.user}, {@code weir.smtp.password}: the mail server, {@code NONE}, {@code STARTTLS} or {@code TLS}, the
     *     sender's address, and the login if the server asks for one; without a host no mail is sent, it waits in the database
     */
    public record ErrandSettings(Duration pause, Optional<SmtpServer> smtp) {}

    /** Reads all settings. Ask the settings for mistakes before the result is used. */
    public static FeeCenterConfig from(Settings settings) {
        TopicNames topics = TopicNames.from(settings);
        String schema = schema(settings);
        String url = databaseUrl(settings, schema);
        Map<String, String> kafka = kafka(settings);
        return new FeeCenterConfig(
                topics,
                schema,
                new Login(url, settings.required("weir.database.user"), settings.secret("weir.database.password")),
                owner(settings, url),
                new InetSocketAddress(
                        settings.text("weir.http.host", "127.0.0.1"),
                        settings.wholeNumber("weir.http.port", 8382, 0, 65_535)),
                settings.text("weir.sink.group", topics.prefix() + "weir-fee-center"),
                settings.duration("weir.ledger.check.pause", Duration.ofMinutes(1)),
                ConsoleSettings.from(settings),
                settings.oneOf("weir.clock", Time.SYSTEM),
                new ErrandSettings(
                        settings.duration("weir.errands.pause", Duration.ofSeconds(5)), SmtpSettings.from(settings)),
                settings.text("weir.value.deserializer", "io.weir.wire.AvroDeserializer"),
                kafka);
    }

    private static String schema(Settings settings) {
        String schema = settings.text("weir.database.schema", "public");
        if (!SCHEMA.matcher(schema).matches()) {
            settings.mistake(
                    "weir.database.schema=%s: not a name of lower-case letters, digits and _".formatted(schema));
        }
        return schema;
    }

    /** Whoever connects by the result, application or command, sees the tables of this schema and no others. */
    private static String databaseUrl(Settings settings, String schema) {
        String url = settings.required("weir.database.url");
        if (!url.isEmpty() && !url.startsWith("jdbc:postgresql:")) {
            settings.mistake("weir.database.url: does not begin with jdbc:postgresql:");
        }
        if (url.contains("password=")) { // the address is logged, and a part of many a message
            settings.mistake("weir.database.url: there is a password in it; put it into weir.database.password.file");
            return "";
        }
        if (url.contains(CURRENT_SCHEMA)) {
            settings.mistake("weir.database.url: the schema is set by weir.database.schema, not by " + CURRENT_SCHEMA);
        }
        return url + (url.contains("?") ? "&" : "?") + CURRENT_SCHEMA + "=" + schema;
    }

    /** The topic of the bill lines in this installation. */
    public String billLines() {
        return topics.of(Topics.BILL_LINES);
    }

    /** The topic of the control records in this installation. */
    public String control() {
        return topics.of(Topics.CONTROL);
    }

    /** The topic that says how far metering is in this installation. */
    public String meteringProgress() {
        return topics.of(Topics.METERING_PROGRESS);
    }

    /** The topic of hourly totals in this installation. */
    public String meteredUsage() {
        return topics.of(Topics.METERED_USAGE);
    }

    /** Under which id the control log is told: the same at all fee centers that share the database. */
    public String transactionalId() {
        return topics.prefix() + "weir-fee-center-outbox";
    }

    private static Optional<Login> owner(Settings settings, String url) {
        String user = settings.text("weir.database.owner.user", "");
        Optional<Secret> password = settings.secret("weir.database.owner.password");
        if (user.isEmpty() && password.isPresent()) {
            settings.mistake("weir.database.owner.password is set without weir.database.owner.user");
        }
        return user.isEmpty() ? Optional.empty() : Optional.of(new Login(url, user, password));
    }

    private static Map<String, String> kafka(Settings settings) {
        Map<String, String> kafka = settings.withPrefix("kafka.");
        if (!kafka.containsKey(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)) {
            settings.mistake("kafka.bootstrap.servers (or KAFKA_BOOTSTRAP_SERVERS) is missing");
        }
        BillLineConsumer.FIXED.forEach((key, value) -> {
            if (!value.equals(kafka.getOrDefault(key, value))) {
                settings.mistake("kafka.%s=%s: the ledger is right only with %s".formatted(key, kafka.get(key), value));
            }
        });
        if (kafka.containsKey(CommonClientConfigs.GROUP_ID_CONFIG)) {
            settings.mistake("kafka.group.id: the group is set by weir.sink.group");
        }
        if (kafka.containsKey(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG)) {
            settings.mistake("kafka.value.deserializer: the class is set by weir.value.deserializer");
        }
        kafka.putAll(RegistrySettings.of(settings));
        kafka.putIfAbsent("specific.avro.value.type", BillLine.class.getName());
        // The reader asks again by itself, and can be stopped in between.
        kafka.putIfAbsent("schema.registry.wait.ms", "5000");
        return kafka;
    }

    /** Without the Kafka settings: there may be passwords among them. */
    @Override
    public String toString() {
        return "FeeCenterConfig[database=%s, owner=%s, http=%s, group=%s, console=%s, clock=%s, errands=%s, deserializer=%s]"
                .formatted(database, owner, http, group, console, clock, errands, deserializer);
    }
}
