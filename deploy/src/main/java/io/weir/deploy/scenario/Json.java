package io.weir.deploy.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.deploy.console.Failure;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reading fields that must be there, and those that may be null. */
final class Json {

    private Json() {}

    static JsonNode field(JsonNode node, String name) {
        JsonNode field = node.get(name);
        if (field == null) {
            throw new Failure("No field \"" + name + "\" in " + node);
        }
        return field;
    }

    static String text(JsonNode node, String name) {
        return field(node, name).asText();
    }

    static String textOr(String absent, JsonNode node, String name) {
        return node.path(name).asText(absent);
    }

    static @Nullable String textOrNull(JsonNode node, String name) {
        JsonNode field = node.get(name);
        return field == null || field.isNull() ? null : field.asText();
    }

    static @Nullable Integer numberOrNull(JsonNode node, String name) {
        String text = textOrNull(node, name);
        return text == null ? null : Integer.valueOf(text);
    }

    static @Nullable LocalDate dayOrNull(JsonNode node, String name) {
        String text = textOrNull(node, name);
        return text == null ? null : LocalDate.parse(text);
    }

    static long number(JsonNode node, String name) {
        return Long.parseLong(text(node, name));
    }

    static LocalDate day(JsonNode node, String name) {
        return LocalDate.parse(text(node, name));
    }

    static Instant instant(JsonNode node, String name) {
        return Instant.parse(text(node, name));
    }

    static <T> List<T> each(JsonNode array, Function<JsonNode, T> reading) {
        return StreamSupport.stream(array.spliterator(), false).map(reading).toList();
    }
}
