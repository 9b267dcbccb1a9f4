package io.weir.feecenter.api;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A column by which a list is ordered.
 *
 * @param column of the query, or an expression over its columns
 * @param type how its values stand in a cursor
 */
record Key(String column, Type type) {

    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");

    /** What stands in the column. */
    enum Type {
        DAY,
        TEXT,
        NUMBER
    }

    static Key day(String column) {
        return new Key(column, Type.DAY);
    }

    static Key text(String column) {
        return new Key(column, Type.TEXT);
    }

    static Key number(String column) {
        return new Key(column, Type.NUMBER);
    }

    /** The value that a cursor writes so; nothing if none is written so. */
    Optional<Object> parse(String written) {
        return switch (type) {
            case DAY -> DAY.matcher(written).matches() ? parseDay(written) : Optional.empty();
            case TEXT -> written.indexOf('\0') < 0 ? Optional.of(written) : Optional.empty();
            case NUMBER -> NUMBER.matcher(written).matches() ? Optional.of(Long.valueOf(written)) : Optional.empty();
        };
    }

    private static Optional<Object> parseDay(String written) {
        try {
            return Optional.of(LocalDate.parse(written));
        } catch (DateTimeParseException notInTheCalendar) {
            return Optional.empty();
        }
    }
}
