package io.weir.metering;

import io.weir.wire.RegistrySettings;
import io.weir.wire.Settings;
import io.weir.wire.TopicNames;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Everything an operator may set. Read once in {@code main}; no other class reads the environment.
 *
 * @param topics {@code weir.topics.prefix}: under which names the topics are found; a shadow has a prefix
 * @param applicationId {@code weir.application.id}: names the consumer group, the changelogs and the state; another id is
 *     another stream
 * @param grace {@code weir.usage.grace}: how long after its end a day stays open; later usage becomes a correction line
 * @param heartbeat {@code weir.heartbeat.interval}: how often each partition gets a heartbeat; empty ({@code off}) where
 *     somebody else moves the clock
 * @param unknownSchemaWait {@code weir.registry.unknown.wait}: how long a schema that the registry does not know is asked for
 *     again before its record is refused
 * @param stateFolder {@code weir.state.dir}: where the state lies while the stream runs; each start restores it anew
 * @param stateFreeMinimumBytes {@code weir.state.free.minimum}: with fewer bytes free there, the health turns red
 * @param threads {@code weir.stream.threads}: number of stream threads
 * @param http {@code weir.http.host}, {@code weir.http.port}: where metrics and health are served
 * @param serializer {@code weir.value.serializer}: class that writes the records of all topics
 * @param deserializer {@code weir.value.deserializer}: class that reads the control log
 * @param registry settings of the schema registry, by Confluent's keys
 * @param kafka settings handed through to Kafka Streams and its clients
 */
public record MeteringConfig(
        TopicNames topics,
        String applicationId,
        Duration grace,
        Optional<Duration> heartbeat,
        Duration unknownSchemaWait,
        Path stateFolder,
        long stateFreeMinimumBytes,
        int threads,
        InetSocketAddress http,
        String serializer,
        String deserializer,
        Map<String, String> registry,
        Map<String, String> kafka) {

    private static final String OFF = "off";

    /** Without these the bill is not right, so nobody may set them otherwise. */
    private static final Map<String, String> FIXED = Map.of(
            StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
            StreamsConfig.EXACTLY_ONCE_V2,
            StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG,
            "true",
            StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG),
            "earliest");

    /** With others than their defaults, a record could be passed over, judged twice or sent elsewhere. */
    private static final Set<String> NOT_TO_BE_SET = Set.of(
            "processing.exception.handler",
            "production.exception.handler",
            "deserialization.exception.handler",
            "default.timestamp.extractor",
            "producer.partitioner.class",
            "partitioner.class",
            "producer.partitioner.ignore.keys",
            "partitioner.ignore.keys");

    /** What an operator may set otherwise. */
    private static final Map<String, String> DEFAULTS = Map.of(
            StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
            "1000",
            StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
            Integer.toString(1024 * 1024),
            StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, // a task has one partition to read: there is no other to wait for
            Long.toString(StreamsConfig.MAX_TASK_IDLE_MS_DISABLED),
            StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
            "100",
            StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG),
            "lz4",
            StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
            Integer.toString(4 * 1024 * 1024),
            StreamsConfig.topicPrefix(
                    "message.timestamp.after.max.ms"), // an archive may lie ahead of the broker's clock
            Long.toString(Long.MAX_VALUE));

    /** Defensive copies. */
    public MeteringConfig {
        registry = Map.copyOf(registry);
        kafka = Map.copyOf(kafka);
    }

    /** Reads all settings. Ask the settings for mistakes before the result is used. */
    public static MeteringConfig from(Settings settings) {
        TopicNames topics = TopicNames.from(settings);
        return new MeteringConfig(
                topics,
                settings.text("weir.application.id", topics.prefix() + "weir-metering"),
                settings.duration("weir.usage.grace", Duration.ofHours(1)),
                heartbeat(settings),
                settings.duration("weir.registry.unknown.wait", Duration.ofSeconds(30)),
                Path.of(settings.required("weir.state.dir")),
                settings.bytes("weir.state.free.minimum", 256L * 1024 * 1024),
                settings.wholeNumber("weir.stream.threads", 1, 1, 64),
                new InetSocketAddress(
                        settings.text("weir.http.host", "127.0.0.1"),
                        settings.wholeNumber("weir.http.port", 8381, 0, 65_535)),
                settings.text("weir.value.serializer", "io.weir.wire.AvroSerializer"),
                settings.text("weir.value.deserializer", "io.weir.wire.AvroDeserializer"),
                registry(settings),
                kafka(settings));
    }

    private static Optional<Duration> heartbeat(Settings settings) {
        if (settings.text("weir.heartbeat.interval", "").equals(OFF)) {
            return Optional.empty();
        }
        Duration interval = settings.duration("weir.heartbeat.interval", Duration.ofSeconds(5));
        if (interval.isZero()) {
            settings.mistake("weir.heartbeat.interval: PT0S is no interval; off switches heartbeats off");
        }
        return Optional.of(interval);
    }

    /** A registry that is away is waited for as long as it takes, unless somebody sets a limit. */
    private static Map<String, String> registry(Settings settings) {
        Map<String, String> registry = RegistrySettings.of(settings);
        registry.putIfAbsent("schema.registry.wait.ms", Integer.toString(Integer.MAX_VALUE));
        registry.putIfAbsent("missing.id.cache.ttl.sec", "1"); // while the line waits for an id, it wants news
        return registry;
    }

    private static Map<String, String> kafka(Settings settings) {
        Map<String, String> kafka = settings.withPrefix("kafka.");
        if (!kafka.containsKey(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)) {
            settings.mistake("kafka.bootstrap.servers (or KAFKA_BOOTSTRAP_SERVERS) is missing");
        }
        FIXED.forEach((key, value) -> {
            if (!value.equals(kafka.getOrDefault(key, value))) {
                settings.mistake("kafka.%s=%s: the bill is right only with %s".formatted(key, kafka.get(key), value));
            }
        });
        NOT_TO_BE_SET.stream()
                .filter(kafka::containsKey)
                .forEach(key -> settings.mistake("kafka.%s: the bill is right only without it".formatted(key)));
        return kafka;
    }

    /** The settings of Kafka Streams. */
    Properties streams() {
        Properties properties = new Properties();
        properties.putAll(DEFAULTS);
        properties.putAll(kafka);
        properties.putAll(FIXED);
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder.toString());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        return properties;
    }

    /** Settings of the topics that Kafka Streams creates, by the broker's keys. */
    Map<String, String> topicSettings() {
        return new StreamsConfig(streams())
                .originalsWithPrefix(StreamsConfig.TOPIC_PREFIX).entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, setting -> setting.getValue().toString()));
    }

    /** The same settings for an application with another id. */
    public MeteringConfig withApplicationId(String otherId) {
        return new MeteringConfig(
                topics,
                otherId,
                grace,
                heartbeat,
                unknownSchemaWait,
                stateFolder,
                stateFreeMinimumBytes,
                threads,
                http,
                serializer,
                deserializer,
                registry,
                kafka);
    }

    /** Without the settings of Kafka and the registry: there may be passwords among them. */
    @Override
    public String toString() {
        return "MeteringConfig[applicationId=%s, grace=%s, heartbeat=%s, stateFolder=%s, threads=%d, http=%s]"
                .formatted(
                        applicationId,
                        grace,
                        heartbeat.map(Duration::toString).orElse(OFF),
                        stateFolder,
                        threads,
                        http);
    }
}
