package io.weir.feecenter.api;

import io.javalin.http.Context;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The parameters behind the question mark of a request. What is not known or cannot be is a 400 that says what may stand there. */
final class Parameters {

    /** So many rows, if nothing else is asked for. */
    static final int USUAL_LIMIT = 100;

    /** More rows never. */
    static final int LARGEST_LIMIT = 500;

    /** No day is earlier. */
    static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);

    /** No day is later. */
    static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

    private static final Set<String> OF_EVERY_LIST = Set.of("limit", "cursor");
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:/-]{1,128}");
    private static final Pattern LIMIT = Pattern.compile("[1-9][0-9]{0,2}");

    private final Map<String, List<String>> given;

    private Parameters(Map<String, List<String>> given) {
        this.given = given;
    }

    /**
     * The parameters of a list.
     *
     * @param filters the names that are known beside {@code limit} and {@code cursor}
     * @throws Refused 400 if there are others, or one of them twice
     */
    static Parameters ofList(Context context, String... filters) {
        Set<String> known = new TreeSet<>(OF_EVERY_LIST);
        known.addAll(List.of(filters));
        return of(context, known);
    }

    /** Makes sure that a request has no parameters. */
    static void none(Context context) {
        of(context, Set.of());
    }

    private static Parameters of(Context context, Set<String> known) {
        Map<String, List<String>> given = context.queryParamMap();
        given.forEach((name, values) -> {
            if (!known.contains(name)) {
                throw Refused.badValue(name, values.get(0), allowed(known));
            }
            if (values.size() > 1) {
                throw Refused.badValue(name, String.join("] and [", values), "one value");
            }
        });
        return new Parameters(given);
    }

    private static String allowed(Set<String> known) {
        return known.isEmpty() ? "no parameter here" : "no parameter here but " + String.join(", ", known);
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(given.get(name)).map(values -> values.get(0));
    }

    /** A day, or the other one where none is given. */
    LocalDate day(String name, LocalDate otherwise) {
        return text(name).map(value -> day(name, value)).orElse(otherwise);
    }

    private static LocalDate day(String name, String value) {
        try {
            if (DAY.matcher(value).matches()) {
                return LocalDate.parse(value);
            }
        } catch (DateTimeParseException notInTheCalendar) {
            throw Refused.badValue(name, value, "a day of the calendar, such as 2026-03-31");
        }
        throw Refused.badValue(name, value, "a day, such as 2026-03-31");
    }

    /** A name of the catalogue or an id. */
    Optional<String> id(String name) {
        return text(name).map(value -> {
            if (!ID.matcher(value).matches()) {
                throw Refused.badValue(name, value, "1 to 128 letters, digits and _ . : / -");
            }
            return value;
        });
    }

    /** A value of an enum, written in lower case, or the other one where none is given. */
    <E extends Enum<E>> E oneOf(String name, Class<E> type, E otherwise) {
        Map<String, E> values = Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toMap(value -> value.name().toLowerCase(Locale.ROOT), value -> value));
        return text(name)
                .map(value -> {
                    if (!values.containsKey(value)) {
                        throw Refused.badValue(
                                name, value, "one of " + String.join(", ", new TreeSet<>(values.keySet())));
                    }
                    return values.get(value);
                })
                .orElse(otherwise);
    }

    /**
     * An id in the path.
     *
     * @throws Refused 404 if no id is written so
     */
    static String idInPath(Context context, String name, String what) {
        String id = context.pathParam(name);
        if (!ID.matcher(id).matches()) {
            throw Refused.notFound(what);
        }
        return id;
    }

    /** How many rows at most. */
    int limit() {
        return text("limit").map(Parameters::limit).orElse(USUAL_LIMIT);
    }

    private static int limit(String value) {
        int limit = LIMIT.matcher(value).matches() ? Integer.parseInt(value) : 0;
        if (limit < 1 || limit > LARGEST_LIMIT) {
            throw Refused.badValue("limit", value, "a whole number from 1 to " + LARGEST_LIMIT);
        }
        return limit;
    }

    /** Behind which row the page begins; nothing for the first page. */
    Optional<String> cursor() {
        return text("cursor");
    }
}
