package io.weir.deploy.compare;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Which billing days are compared.
 *
 * @param from the first; null if there is no first
 * @param to the last; null if there is no last
 */
record Days(@Nullable LocalDate from, @Nullable LocalDate to) {

    /** Whether this day, YYYY-MM-DD, is among them. */
    boolean include(String day) {
        LocalDate asked = LocalDate.parse(day);
        return (from == null || !asked.isBefore(from)) && (to == null || !asked.isAfter(to));
    }
}
