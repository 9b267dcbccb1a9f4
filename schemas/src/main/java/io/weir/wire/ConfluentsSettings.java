package io.weir.wire;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Settings as Confluent's classes take them: its registry client casts these two, so that their text would end it at the start. */
final class ConfluentsSettings {

    private static final Map<String, Function<String, Object>> NUMBERS =
            Map.of(SerdeKeys.UNKNOWN_FOR_SECONDS, Long::valueOf, SerdeKeys.UNKNOWN_IDS, Integer::valueOf);

    private ConfluentsSettings() {}

    static Map<String, Object> of(Map<String, ?> settings) {
        Map<String, Object> typed = new HashMap<>(settings);
        NUMBERS.forEach((key, number) -> typed.computeIfPresent(
                key, (same, value) -> value instanceof String text ? number.apply(text) : value));
        return typed;
    }
}
