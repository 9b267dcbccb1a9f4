package io.weir.metering.intake;

import io.weir.usage.Reason;

/**
 * That a record is refused.
 *
 * @param reason the first check that failed
 * @param detail the value and the rule it broke, for the operator who will repair it; no control characters
 */
public record Rejection(Reason reason, String detail) {

    private static final int LONGEST_QUOTE = 160;

    /** A value as it may stand in a detail or a log line: cut, and with everything but printable ASCII escaped. */
    static String quoted(String value) {
        StringBuilder quote = new StringBuilder("'");
        value.chars().limit(LONGEST_QUOTE).forEach(character -> {
            if (character >= ' ' && character < 127) {
                quote.append((char) character);
            } else {
                quote.append(String.format("\\u%04x", character));
            }
        });
        return quote.append(value.length() > LONGEST_QUOTE ? "…'" : "'").toString();
    }
}
