package io.weir.wire;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an operator set: a properties file, overridden by environment variables ({@code weir.usage.grace} by
 * {@code WEIR_USAGE_GRACE}).
 *
 * <p>A reading that finds a mistake notes it and goes on with a stand-in, so that {@link #mistakes()} names all of them at
 * once. A key of the file that nothing has read is a mistake too; a variable is not, because Kubernetes adds variables of
 * its own for every service.
 */
public final class Settings {

    /** A secret may stand in a file of its own, which is named under its key with this at the end. */
    private static final String FILE = ".file";

    /** Keys of Kafka's own that end so, and whose files it reads itself. */
    private static final List<String> READ_BY_KAFKA =
            List.of("assertion.file", "assertion.private.key.file", "assertion.template.file");

    private static final Pattern LAST_LINE_END = Pattern.compile("\\R\\z");

    private final Map<String, String> file;
    private final Map<String, String> environment;
    private final TreeSet<String> known = new TreeSet<>();
    private final Map<String, String> defaults = new LinkedHashMap<>();
    private final List<String> mistakes = new ArrayList<>();

    private Settings(Map<String, String> file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    /**
     * Reads the properties file, if one is named.
     *
     * @param arguments nothing, or the path of a properties file in UTF-8
     * @param environment the variables of the process
     */
    public static Settings load(String[] arguments, Map<String, String> environment) {
        Properties properties = new Properties();
        Optional<String> mistake = Optional.empty();
        if (arguments.length > 1) {
            mistake = Optional.of("%d arguments: at most one, a properties file".formatted(arguments.length));
        } else if (arguments.length == 1) {
            mistake = read(Path.of(arguments[0]), properties);
        }
        Map<String, String> file = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> file.put(key, properties.getProperty(key)));
        Settings settings = new Settings(file, Map.copyOf(environment));
        mistake.ifPresent(settings::mistake);
        return settings;
    }

    private static Optional<String> read(Path path, Properties properties) {
        try (Reader reader = Files.newBufferedReader(path)) {
            properties.load(reader);
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of("%s: not a readable properties file (%s)".formatted(path, e));
        }
    }

    /** The text under this key, or the default if there is none or it is blank. */
    public String text(String key, String defaultText) {
        String value = find(key, defaultText);
        return value == null ? defaultText : value;
    }

    /** The text under this key; its absence is a mistake, with empty text as a stand-in. */
    public String required(String key) {
        String value = find(key, "required");
        if (value == null) {
            mistake("%s (or %s) is missing".formatted(key, variable(key)));
            return "";
        }
        return value;
    }

    /** The duration under this key in ISO-8601 form, such as {@code PT1H}, zero or longer; or the default. */
    public Duration duration(String key, Duration defaultDuration) {
        String value = find(key, defaultDuration.toString());
        if (value == null) {
            return defaultDuration;
        }
        try {
            Duration duration = Duration.parse(value);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // Falls through to the same message as a negative duration.
        }
        mistake("%s=%s: not a duration of zero or more, such as PT90S or P35D".formatted(key, value));
        return defaultDuration;
    }

    /** The constant of an enum under this key, as it is written there; or the default. */
    public <E extends Enum<E>> E oneOf(String key, E defaultConstant) {
        String value = text(key, defaultConstant.name());
        for (E constant : defaultConstant.getDeclaringClass().getEnumConstants()) {
            if (constant.name().equals(value)) {
                return constant;
            }
        }
        mistake("%s=%s: not one of %s"
                .formatted(
                        key,
                        value,
                        Arrays.toString(defaultConstant.getDeclaringClass().getEnumConstants())));
        return defaultConstant;
    }

    /** The whole number under this key, from {@code least} to {@code most}; or the default. */
    public int wholeNumber(String key, int defaultNumber, int least, int most) {
        String value = find(key, Integer.toString(defaultNumber));
        if (value == null) {
            return defaultNumber;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the same message as a number out of range.
        }
        mistake("%s=%s: not a whole number from %d to %d".formatted(key, value, least, most));
        return defaultNumber;
    }

    /** The number of bytes under this key, 0 or more; or the default. */
    public long bytes(String key, long defaultBytes) {
        String value = find(key, Long.toString(defaultBytes));
        if (value == null) {
            return defaultBytes;
        }
        try {
            long bytes = Long.parseLong(value);
            if (bytes >= 0) {
                return bytes;
            }
        } catch (NumberFormatException e) {
            // Falls through to the same message as a negative number.
        }
        mistake("%s=%s: not a whole number of bytes".formatted(key, value));
        return defaultBytes;
    }

    /** The secret under this key, or in the file named under {@code key.file}; empty if there is neither. */
    public Optional<Secret> secret(String key) {
        return secret(key, find(key, ""), find(key + FILE, "")).map(Secret::new);
    }

    private Optional<String> secret(String key, @Nullable String value, @Nullable String path) {
        if (value != null && path != null) {
            mistake("%s and %s.file are both set: one of them is enough".formatted(key, key));
        }
        return value != null || path == null ? Optional.ofNullable(value) : content(key, Path.of(path));
    }

    /** What stands in the file, without the end of its last line, which editors add. */
    private Optional<String> content(String key, Path path) {
        try {
            String content = LAST_LINE_END.matcher(Files.readString(path)).replaceFirst("");
            if (content.isEmpty()) {
                mistake("%s.file=%s: the file is empty".formatted(key, path));
            }
            return Optional.of(content).filter(text -> !text.isEmpty());
        } catch (IOException e) {
            mistake("%s.file=%s: not readable (%s)"
                    .formatted(key, path, e.getClass().getSimpleName()));
            return Optional.empty();
        }
    }

    /**
     * Everything under this prefix, without it: what is handed through to a client, such as {@code kafka.}. Instead of a key that
     * ends in {@code .file} there is the key without that, with what stands in the file.
     */
    public Map<String, String> withPrefix(String prefix) {
        known.add(prefix + "*");
        Map<String, String> found = new TreeMap<>();
        file.forEach((key, value) -> putWithout(prefix, key, value, found));
        environment.forEach((name, value) ->
                putWithout(prefix, name.toLowerCase(Locale.ROOT).replace('_', '.'), value, found));
        List.copyOf(found.keySet()).stream()
                .filter(Settings::namesAFile)
                .forEach(key -> putContent(prefix, key, found));
        return found;
    }

    private static boolean namesAFile(String key) {
        return key.endsWith(FILE) && READ_BY_KAFKA.stream().noneMatch(key::endsWith);
    }

    private void putContent(String prefix, String keyOfFile, Map<String, String> found) {
        String key = keyOfFile.substring(0, keyOfFile.length() - FILE.length());
        String path = found.remove(keyOfFile);
        secret(prefix + key, found.get(key), path).ifPresent(content -> found.put(key, content));
    }

    private static void putWithout(String prefix, String key, String value, Map<String, String> found) {
        if (key.startsWith(prefix) && key.length() > prefix.length()) {
            found.put(key.substring(prefix.length()), value);
        }
    }

    /** Notes a mistake that only the reader can see, such as two settings that contradict each other. */
    public void mistake(String message) {
        mistakes.add(message);
    }

    /** All mistakes found so far, one sentence each, and the keys of the file that nothing has read: ask last. */
    public List<String> mistakes() {
        List<String> all = new ArrayList<>(mistakes);
        file.keySet().stream()
                .filter(key -> !isKnown(key))
                .map(key -> "%s is not a setting; there are %s".formatted(key, String.join(", ", known)))
                .forEach(all::add);
        return List.copyOf(all);
    }

    private boolean isKnown(String key) {
        return known.contains(key)
                || known.stream()
                        .anyMatch(name -> name.endsWith("*") && key.startsWith(name.substring(0, name.length() - 1)));
    }

    /** Every key that was read, in the order of reading, with its default; empty where there is none. */
    public Map<String, String> defaults() {
        return Collections.unmodifiableMap(defaults);
    }

    private @Nullable String find(String key, String defaultText) {
        known.add(key);
        defaults.put(key, defaultText);
        String value = environment.getOrDefault(variable(key), file.get(key));
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
