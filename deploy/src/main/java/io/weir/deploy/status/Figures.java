package io.weir.deploy.status;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalDouble;

/** Figures of metrics as text; what nobody says is a question mark. */
final class Figures {

    static final String UNKNOWN = "?";
    private static final String NONE = "-";
    private static final double MILLIS_PER_SECOND = 1000;

    private Figures() {}

    static String count(OptionalDouble value) {
        return value.isEmpty() ? UNKNOWN : "%,d".formatted((long) value.getAsDouble());
    }

    /** A Unix time in seconds; a dash if there is none. */
    static String instant(OptionalDouble seconds) {
        return seconds.isEmpty()
                ? NONE
                : at(seconds).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static Instant at(OptionalDouble seconds) {
        return Instant.ofEpochMilli(Math.round(seconds.orElseThrow() * MILLIS_PER_SECOND));
    }

    /** The two largest units say enough. */
    static String age(Duration age) {
        if (age.isNegative()) {
            return "-" + age(age.negated());
        } else if (age.toDays() > 0) {
            return "%d d %d h".formatted(age.toDays(), age.toHoursPart());
        } else if (age.toHours() > 0) {
            return "%d h %d min".formatted(age.toHours(), age.toMinutesPart());
        }
        return age.toMinutes() > 0
                ? "%d min %d s".formatted(age.toMinutes(), age.toSecondsPart())
                : age.toSeconds() + " s";
    }
}
