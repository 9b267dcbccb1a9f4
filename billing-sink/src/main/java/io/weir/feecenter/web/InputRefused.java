package io.weir.feecenter.web;

/** What was typed or asked for cannot be; the words under a key say why. */
final class InputRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String key;
    private final transient Object[] values;

    /**
     * A refusal.
     *
     * @param key of the words that say why
     * @param values for their places
     */
    InputRefused(String key, Object... values) {
        super(key, null, false, false);
        this.key = key;
        this.values = values.clone();
    }

    String in(Words words) {
        return words.of(key, values);
    }
}
