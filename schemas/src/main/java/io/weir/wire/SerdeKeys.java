package io.weir.wire;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.NO_DEFAULT_VALUE;
import static org.apache.kafka.common.config.ConfigDef.Type.BOOLEAN;
import static org.apache.kafka.common.config.ConfigDef.Type.CLASS;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LIST;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.PASSWORD;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** The keys of {@link SerdeConfig}: their types, defaults and bounds, and what is wrong with a set of values. */
final class SerdeKeys {

    static final String URLS = "schema.registry.url";
    static final String CREDENTIALS_SOURCE = "basic.auth.credentials.source";
    static final String USER_INFO = "basic.auth.user.info";
    static final String BEARER_SOURCE = "bearer.auth.credentials.source";
    static final String BEARER_TOKEN = "bearer.auth.token";
    static final String REQUEST_TIMEOUT_MS = "http.read.timeout.ms";
    static final String WAIT_MS = "schema.registry.wait.ms";
    static final String UNKNOWN_IDS = "missing.cache.size";
    static final String UNKNOWN_FOR_SECONDS = "missing.id.cache.ttl.sec";
    static final String AUTO_REGISTER = "auto.register.schemas";
    static final String USE_LATEST = "use.latest.version";
    static final String VALUE_TYPE = "specific.avro.value.type";

    /** What nobody must see; an application takes each from a file as well. */
    static final List<String> SECRETS = List.of(
            USER_INFO,
            BEARER_TOKEN,
            "schema.registry.ssl.truststore.password",
            "schema.registry.ssl.keystore.password",
            "schema.registry.ssl.keystore.key",
            "schema.registry.ssl.key.password");

    private static final String SUBJECT_STRATEGY = "value.subject.name.strategy";
    private static final String TOPIC_NAME = "io.confluent.kafka.serializers.subject.TopicNameStrategy";

    static final ConfigDef DEFINITION = new ConfigDef()
            .define(URLS, LIST, NO_DEFAULT_VALUE, RegistryUrls::validate, HIGH, "Base URLs, tried in turn.")
            .define(
                    CREDENTIALS_SOURCE,
                    STRING,
                    "URL",
                    ValidString.in("URL", "USER_INFO"),
                    MEDIUM,
                    "Where credentials stand.")
            .define(USER_INFO, PASSWORD, "", MEDIUM, "user:password, for the source USER_INFO.")
            .define(
                    BEARER_SOURCE,
                    STRING,
                    "",
                    ValidString.in("", "STATIC_TOKEN"),
                    MEDIUM,
                    "Where a bearer token stands.")
            .define(BEARER_TOKEN, PASSWORD, "", MEDIUM, "The token, for the source STATIC_TOKEN.")
            .define(REQUEST_TIMEOUT_MS, INT, 10_000, atLeast(1), LOW, "How long one request may take.")
            .define(WAIT_MS, INT, 30_000, atLeast(1_000), MEDIUM, "How long a registry that is away is waited for.")
            .define(UNKNOWN_IDS, INT, 10_000, atLeast(0), LOW, "How many unknown ids are remembered.")
            .define(UNKNOWN_FOR_SECONDS, LONG, 10, atLeast(0), LOW, "How long an unknown id is remembered.")
            .define(AUTO_REGISTER, BOOLEAN, true, MEDIUM, "Whether the serializer registers its schemas.")
            .define(USE_LATEST, BOOLEAN, false, MEDIUM, "Whether it writes by the subject's newest version.")
            .define(VALUE_TYPE, CLASS, null, SerdeKeys::generatedClass, MEDIUM, "The only record that is read.")
            .define(SUBJECT_STRATEGY, STRING, TOPIC_NAME, ValidString.in(TOPIC_NAME), LOW, "How subjects are named.")
            .define("specific.avro.reader", BOOLEAN, true, SerdeKeys::onlyTrue, LOW, "Only generated classes are read.")
            .define(
                    "avro.remove.java.properties",
                    BOOLEAN,
                    true,
                    SerdeKeys::onlyTrue,
                    LOW,
                    "Only .avsc forms are registered.");

    private SerdeKeys() {}

    /** One message per mistake; empty if all is well. */
    static List<String> mistakes(Map<String, ?> settings) {
        Map<String, String> texts = settings.entrySet().stream()
                .filter(entry -> DEFINITION.names().contains(entry.getKey()) && entry.getValue() != null)
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> text(entry.getValue())));
        List<String> mistakes = new ArrayList<>();
        DEFINITION.validate(texts).forEach(value -> mistakes.addAll(value.errorMessages()));
        mistakes.addAll(mistakesInCredentials(texts));
        mistakes.addAll(RegistryTls.mistakes(settings));
        if (isTrue(texts.getOrDefault(USE_LATEST, "false")) && isTrue(texts.getOrDefault(AUTO_REGISTER, "true"))) {
            mistakes.add(USE_LATEST + "=true needs " + AUTO_REGISTER + "=false: a registered schema is the newest one");
        }
        return mistakes;
    }

    private static List<String> mistakesInCredentials(Map<String, String> texts) {
        List<String> mistakes = new ArrayList<>();
        boolean byUser = "USER_INFO".equals(texts.get(CREDENTIALS_SOURCE));
        boolean byToken = "STATIC_TOKEN".equals(texts.get(BEARER_SOURCE));
        if (byUser && !texts.getOrDefault(USER_INFO, "").contains(":")) {
            mistakes.add(CREDENTIALS_SOURCE + "=USER_INFO needs " + USER_INFO + "=user:password");
        }
        if (byToken && texts.getOrDefault(BEARER_TOKEN, "").isBlank()) {
            mistakes.add(BEARER_SOURCE + "=STATIC_TOKEN needs " + BEARER_TOKEN);
        }
        if (byUser && byToken) {
            mistakes.add(CREDENTIALS_SOURCE + " and " + BEARER_SOURCE + " are both set: one of them is enough");
        }
        return mistakes;
    }

    private static boolean isTrue(String text) {
        return Boolean.parseBoolean(text.strip());
    }

    /** Kafka hands settings over as text or as what the text stands for. */
    private static String text(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(Object::toString).collect(Collectors.joining(","));
        }
        if (value instanceof Class<?> type) {
            return type.getName();
        }
        return value instanceof Password password ? password.value() : value.toString();
    }

    /** As Kafka's own, but silent about a value that was not even a number: that was said already. */
    private static ConfigDef.Validator atLeast(int least) {
        return (key, value) -> {
            if (value != null) {
                ConfigDef.Range.atLeast(least).ensureValid(key, value);
            }
        };
    }

    private static void onlyTrue(String key, Object value) {
        if (Boolean.FALSE.equals(value)) {
            throw new ConfigException(key, value, "nothing but true is possible; leave it out");
        }
    }

    private static void generatedClass(String key, Object value) {
        if (value instanceof Class<?> type && !SpecificRecord.class.isAssignableFrom(type)) {
            throw new ConfigException(key, type.getName(), "not a class generated from an Avro schema");
        }
    }
}
