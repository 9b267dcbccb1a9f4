package io.weir.publish;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Everything that a host may set.
 *
 * @param name of this host among all publishers, 1 to 100 of the letters of ids: the beginning of its sources
 * @param spoolFolder local folder for this publisher alone; created if it is missing
 * @param spoolLimitBytes size of waiting events from which on usage is refused; the last call may pass it
 * @param longestWait how long a call of {@code publish} takes at most
 * @param longestClose how long {@code close} waits for the broker at most
 * @param settings of Kafka's producer ({@code bootstrap.servers}, security) and of the registry ({@code schema.registry.url}), by
 *     their own keys
 */
public record PublisherConfig(
        String name,
        Path spoolFolder,
        long spoolLimitBytes,
        Duration longestWait,
        Duration longestClose,
        Map<String, String> settings) {

    private static final String NAME = "[A-Za-z0-9_.:/-]{1,100}";

    /** With others, an event could be lost, overtaken, or sent where Weir does not look for it. */
    private static final Map<String, String> FIXED = Map.of(
            ProducerConfig.ACKS_CONFIG, "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true",
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.toString(Integer.MAX_VALUE),
            ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, "false",
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(4 * 1024 * 1024));

    private static final List<String> NOT_TO_BE_SET =
            List.of(ProducerConfig.PARTITIONER_CLASS_CONFIG, ProducerConfig.TRANSACTIONAL_ID_CONFIG);

    private static final Map<String, String> DEFAULTS = Map.of(
            ProducerConfig.LINGER_MS_CONFIG,
            "20",
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4",
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            "10000",
            "schema.registry.wait.ms",
            "5000");

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException naming every mistake
     */
    public PublisherConfig {
        settings = Map.copyOf(settings);
        List<String> mistakes = mistakes(name, spoolLimitBytes, settings);
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", mistakes));
        }
    }

    /** With a spool of 256 MiB, calls of 5 seconds at most, and 10 seconds to close. */
    public static PublisherConfig of(String name, Path spoolFolder, Map<String, String> settings) {
        return new PublisherConfig(
                name, spoolFolder, 256L * 1024 * 1024, Duration.ofSeconds(5), Duration.ofSeconds(10), settings);
    }

    private static List<String> mistakes(String name, long limitBytes, Map<String, String> settings) {
        List<String> mistakes = new ArrayList<>();
        if (!name.matches(NAME)) {
            mistakes.add("name '%s' is not 1 to 100 of the characters A-Z a-z 0-9 _ . : / -".formatted(name));
        }
        if (limitBytes < 1) {
            mistakes.add("spoolLimitBytes %d leaves no room for an event".formatted(limitBytes));
        }
        for (String key : List.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "schema.registry.url")) {
            if (!settings.containsKey(key)) {
                mistakes.add(key + " is missing");
            }
        }
        FIXED.forEach((key, value) -> {
            if (!value.equals(settings.getOrDefault(key, value))) {
                mistakes.add("%s=%s: usage is counted once only with %s".formatted(key, settings.get(key), value));
            }
        });
        NOT_TO_BE_SET.stream()
                .filter(settings::containsKey)
                .forEach(key -> mistakes.add(key + ": usage is counted once only without it"));
        return mistakes;
    }

    /** All settings for the registry's client, which takes those that it knows. */
    Map<String, String> registry() {
        Map<String, String> all = new LinkedHashMap<>(DEFAULTS);
        all.putAll(settings);
        return all;
    }

    /** What Kafka's producer knows among all settings. */
    Map<String, Object> producer() {
        Map<String, Object> all = new LinkedHashMap<>(registry());
        all.putAll(FIXED);
        all.keySet().retainAll(ProducerConfig.configNames());
        return all;
    }
}
