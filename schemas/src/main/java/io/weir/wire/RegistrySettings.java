package io.weir.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/** What an operator says of the schema registry, by Confluent's keys: the same for every application. */
public final class RegistrySettings {

    private static final String URL = "schema.registry.url";

    private RegistrySettings() {}

    /** The settings of the serde; mistakes are noted in {@code settings}. */
    public static Map<String, String> of(Settings settings) {
        Map<String, String> registry = new LinkedHashMap<>();
        for (String prefix : new String[] {"schema.registry.", "basic.auth."}) {
            settings.withPrefix(prefix).forEach((key, value) -> registry.put(prefix + key, value));
        }
        registry.put(URL, settings.required(URL));
        registry.put("auto.register.schemas", settings.text("auto.register.schemas", "true"));
        registry.put("use.latest.version", settings.text("use.latest.version", "false"));
        registry.put("http.read.timeout.ms", settings.text("http.read.timeout.ms", "10000"));
        registry.put("specific.avro.reader", "true");
        return registry;
    }
}
