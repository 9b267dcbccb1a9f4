package io.weir.feecenter.account;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Picks what one kind of Kafka's clients needs from the settings that the operator made for all of them. */
final class ClientSettings {

    /** From where Kafka itself takes values such as passwords; {@code config.providers.file.class} and such have no fixed names. */
    private static final String PROVIDERS = "config.providers";

    private ClientSettings() {}

    /**
     * The settings with these names, and those that say from where their values are taken.
     *
     * @param names what this kind of client knows
     */
    static Map<String, Object> known(Map<String, String> kafka, Set<String> names) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.keySet().removeIf(name -> !names.contains(name) && !name.startsWith(PROVIDERS));
        return settings;
    }
}
