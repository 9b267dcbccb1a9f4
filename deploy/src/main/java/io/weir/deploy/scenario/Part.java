package io.weir.deploy.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One value of a JSON file that knows where it stands. What is wrong with it is noted, and a harmless value takes its place, so that
 * one reading finds every mistake.
 */
final class Part {

    private static final String REMARK = "about";

    private final JsonNode node;
    private final Place place;
    private final Findings findings;
    private final Set<String> known = new HashSet<>(Set.of(REMARK));

    Part(JsonNode node, Place place, Findings findings) {
        this.node = node;
        this.place = place;
        this.findings = findings;
    }

    Place place() {
        return place;
    }

    void wrong(String field, String what) {
        findings.wrong(place.at(field), what);
    }

    /** Passes over fields that are no part of a control record. */
    void passOver(String... fields) {
        known.addAll(Arrays.asList(fields));
    }

    /** What the reading makes of this value; fields that it did not ask for are noted. */
    <T> T readWhole(Function<Part, T> reading) {
        T read = reading.apply(this);
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                findings.unknownField(place.at(name), known);
            }
        });
        return read;
    }

    String text(String name) {
        return text(name, "");
    }

    private String text(String name, String instead) {
        String text = textOrNull(name);
        if (text == null) {
            if (!hasMistake(name)) {
                wrong(name, "missing: a value is needed");
            }
            return instead;
        }
        return text;
    }

    private boolean hasMistake(String name) {
        return findings.hasMistakeWithin(place.at(name));
    }

    String textOr(String absent, String name) {
        String text = textOrNull(name);
        return text == null ? absent : text;
    }

    @Nullable
    String textOrNull(String name) {
        known.add(name);
        JsonNode field = node.get(name);
        if (field == null || field.isNull()) {
            return null;
        }
        if (!field.isValueNode()) {
            wrong(name, "a single value is needed, not a list or an object");
            return null;
        }
        return field.asText();
    }

    private <T> T read(String name, T instead, String wanted, Function<String, T> reading) {
        String text = text(name, "");
        try {
            return text.isEmpty() && hasMistake(name) ? instead : reading.apply(text);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException wrong) {
            wrong(name, "'%s' is no %s".formatted(text, wanted));
            return instead;
        }
    }

    long number(String name) {
        return read(name, 0L, "whole number", Long::valueOf);
    }

    int smallNumber(String name) {
        return read(name, 0, "whole number", Integer::valueOf);
    }

    @Nullable
    Integer smallNumberOrNull(String name) {
        return textOrNull(name) == null ? null : smallNumber(name);
    }

    LocalDate day(String name) {
        return read(name, LocalDate.EPOCH, "day such as 2026-03-01", LocalDate::parse);
    }

    @Nullable
    LocalDate dayOrNull(String name) {
        return textOrNull(name) == null ? null : day(name);
    }

    Instant instant(String name) {
        return read(name, Instant.EPOCH, "instant such as 2026-03-01T00:00:00.000Z", Instant::parse);
    }

    <E extends Enum<E>> E oneOf(Class<E> choices, String name) {
        E[] all = choices.getEnumConstants();
        return read(name, all[0], "choice; there are " + Arrays.toString(all), text -> Enum.valueOf(choices, text));
    }

    /** What the reading makes of an object within this one. */
    <T> T object(String name, Function<Part, T> reading) {
        known.add(name);
        JsonNode field = node.path(name);
        if (!field.isObject()) {
            wrong(name, "an object { } is needed");
        }
        return new Part(field, place.at(name), findings).readWhole(reading);
    }

    /** The elements of a list within this object. */
    <T> List<T> each(String name, Function<Part, T> reading) {
        known.add(name);
        if (!node.has(name)) {
            wrong(name, "missing: a list [ ] is needed");
        }
        return new Part(node.path(name), place.at(name), findings).elements(reading);
    }

    /** The texts of a list within this object. */
    List<String> texts(String name) {
        return each(name, part -> part.node.asText());
    }

    /** What the reading makes of this value, or of each of its elements if it is a list. */
    <T> List<T> oneOrMore(Function<Part, T> reading) {
        return node.isArray() ? elements(reading) : List.of(readWhole(reading));
    }

    /** The elements of this list. */
    <T> List<T> elements(Function<Part, T> reading) {
        if (!node.isArray() && !node.isMissingNode()) {
            findings.wrong(place, "a list [ ] is needed");
            return List.of();
        }
        List<T> read = new ArrayList<>();
        for (JsonNode element : node) {
            read.add(new Part(element, place.at(read.size()), findings).readWhole(reading));
        }
        return read;
    }
}
