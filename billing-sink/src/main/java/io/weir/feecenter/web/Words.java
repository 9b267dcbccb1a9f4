package io.weir.feecenter.web;

import java.math.BigDecimal;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/** The words of the console in one language, and how it writes figures and times. */
public final class Words {

    /** The languages of the console; the first is taken where a browser asks for none of them. */
    static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.CHINESE);

    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private final Locale language;
    private final ResourceBundle bundle;

    private Words(Locale language) {
        this.language = language;
        this.bundle = ResourceBundle.getBundle("io.weir.feecenter.web.words", language, NO_FALLBACK);
    }

    /**
     * The words of the first language asked for that there is.
     *
     * @param asked as in the header {@code Accept-Language}; what cannot be read asks for none
     */
    static Words in(String asked) {
        return new Words(choose(asked));
    }

    private static Locale choose(String asked) {
        try {
            Locale found = Locale.lookup(Locale.LanguageRange.parse(asked), LANGUAGES);
            return found == null ? LANGUAGES.get(0) : found;
        } catch (IllegalArgumentException unreadable) {
            return LANGUAGES.get(0);
        }
    }

    /** The language of these words. */
    public Locale language() {
        return language;
    }

    /**
     * The words for a key, with values in the places {@code {0}}, {@code {1}}, ...
     *
     * @throws java.util.MissingResourceException if there are none
     */
    public String of(String key, Object... values) {
        return new MessageFormat(bundle.getString(key), language).format(values);
    }

    /** The words for a value of an enum: key {@code Type.VALUE}. */
    public String of(Enum<?> value) {
        return of(value.getDeclaringClass().getSimpleName() + "." + value.name());
    }

    /** The name of an item, or the item itself where the catalogue has a new one. */
    public String item(String item) {
        String key = "item." + item;
        return bundle.containsKey(key) ? of(key) : item;
    }

    /** The name of a category of items, or the category itself where the catalogue has a new one. */
    public String category(String category) {
        String key = "category." + category;
        return bundle.containsKey(key) ? of(key) : category;
    }

    /** Whether there are words for a key. */
    boolean has(String key) {
        return bundle.containsKey(key);
    }

    /** An amount to the cent, with its currency. */
    public String money(BigDecimal amount, String currency) {
        return "%s %s".formatted(currency, amount(amount));
    }

    /** An amount to the cent, in groups of three digits. */
    public String amount(BigDecimal amount) {
        return String.format(Locale.ROOT, "%,.2f", amount);
    }

    /** A quantity with all its digits, in groups of three. */
    public String quantity(BigDecimal quantity) {
        String plain = quantity.stripTrailingZeros().toPlainString();
        int point = plain.indexOf('.');
        String whole = String.format(Locale.ROOT, "%,d", quantity.toBigInteger());
        String sign = quantity.signum() < 0 && !whole.startsWith("-") ? "-" : "";
        return sign + whole + (point < 0 ? "" : plain.substring(point));
    }

    /** A minute as a clock in that zone shows it. */
    public String minute(Instant instant, ZoneId zone) {
        return MINUTE.format(instant.atZone(zone));
    }

    /** A minute in UTC. */
    public String minute(Instant instant) {
        return minute(instant, ZoneOffset.UTC) + " UTC";
    }

    /** A day that was typed, or nothing where that is none. */
    static Optional<LocalDate> day(String typed) {
        try {
            return Optional.of(LocalDate.parse(typed));
        } catch (DateTimeParseException notADay) {
            return Optional.empty();
        }
    }
}
