package io.weir.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/**
 * What an operator says of the schema registry, by Confluent's keys: the same for every application, and for Confluent's own
 * classes in place of Weir's. Each secret may stand in a file instead, named under its key with {@code .file} behind.
 */
public final class RegistrySettings {

    private static final String URL = "schema.registry.url";

    private RegistrySettings() {}

    /** Every key, with its type, default and meaning. */
    public static ConfigDef definition() {
        return new ConfigDef(SerdeKeys.DEFINITION);
    }

    /** The settings of the serde; mistakes are noted in {@code settings}. */
    public static Map<String, String> of(Settings settings) {
        Map<String, String> registry = new LinkedHashMap<>();
        for (String prefix : new String[] {"schema.registry.", "basic.auth.", "bearer.auth."}) {
            settings.withPrefix(prefix).forEach((key, value) -> registry.put(prefix + key, value));
        }
        for (String key : SerdeKeys.SECRETS) {
            registry.remove(key + ".file");
            settings.secret(key).ifPresent(secret -> registry.put(key, secret.value()));
        }
        registry.put(URL, settings.required(URL));
        registry.put("auto.register.schemas", settings.text("auto.register.schemas", "true"));
        registry.put("use.latest.version", settings.text("use.latest.version", "false"));
        registry.put("http.read.timeout.ms", settings.text("http.read.timeout.ms", "10000"));
        registry.put("specific.avro.reader", "true");
        registry.put("avro.remove.java.properties", "true"); // else Confluent's serializer registers a form of its own
        return registry;
    }
}
