package io.weir.metering.control;

import java.math.BigDecimal;
import java.util.Objects;

/** That a control record is refused: it contradicts what never changes, or can't be meant. */
public final class Refused extends RuntimeException {

    private static final int MOST_DIGITS = 50;

    private Refused(String message) {
        super(message, null, false, false);
    }

    @SuppressWarnings("AnnotateFormatMethod") // every rule is a literal at its caller
    static void unless(boolean holds, String rule, Object... values) {
        if (!holds) {
            throw because(rule, values);
        }
    }

    @SuppressWarnings("AnnotateFormatMethod") // every rule is a literal at its caller
    static Refused because(String rule, Object... values) {
        return new Refused(rule.formatted(values));
    }

    /** The rule that was broken, with the value that broke it. */
    String rule() {
        return Objects.requireNonNull(getMessage());
    }

    static BigDecimal decimal(String text, String what) {
        try {
            BigDecimal decimal = new BigDecimal(text);
            unless(
                    Math.abs((long) decimal.scale()) <= MOST_DIGITS && decimal.precision() <= MOST_DIGITS,
                    "%s: more than %s digits",
                    what,
                    MOST_DIGITS);
            return decimal;
        } catch (NumberFormatException exception) {
            throw because("%s: '%s' is not a decimal", what, text);
        }
    }

    static BigDecimal price(String text, String what) {
        BigDecimal price = decimal(text, what);
        unless(price.signum() >= 0, "%s: %s is negative", what, text);
        return price;
    }
}
