package io.weir.wire;

/**
 * A value that must not be seen: its text form hides it, so that no log line and no message can show it.
 *
 * @param value the secret itself
 */
public record Secret(String value) {

    @Override
    public String toString() {
        return "(secret)";
    }
}
