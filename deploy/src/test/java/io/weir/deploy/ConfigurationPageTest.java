package io.weir.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.feecenter.FeeCenterConfig;
import io.weir.metering.MeteringConfig;
import io.weir.wire.RegistrySettings;
import io.weir.wire.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.junit.jupiter.api.Test;

/**
 * The tables of docs/configuration.md are those of the code: the keys that it reads, their defaults, and what its docstrings say of them.
 * With {@code -Dweir.configuration.write=true} this test writes them anew instead.
 */
class ConfigurationPageTest {

    private static final Path PAGE = Path.of("docs/configuration.md");
    private static final String SECTION = "(?s)<!-- %s: written by ConfigurationPageTest -->\n.*?<!-- end -->\n";
    private static final Pattern PARAMETER = Pattern.compile("(?s)@param (.*?)(?=\\* @param|\\*/)");
    private static final Pattern KEY = Pattern.compile("\\{@code (weir\\.[a-z.]+)}");
    private static final String FILE = ".file";

    @Test
    void thePageSaysWhatTheCodeReads() throws IOException {
        // Given
        String written = section(
                section(section(Files.readString(PAGE), "metering stream", metering()), "fee center", feeCenter()),
                "registry",
                registry());

        // When
        if (Boolean.getBoolean("weir.configuration.write")) {
            Files.writeString(PAGE, written);
        }

        // Then
        assertThat(Files.readString(PAGE))
                .as("docs/configuration.md is older than the code; write its tables anew:"
                        + " mvn -pl deploy -am test -Dtest=ConfigurationPageTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dweir.configuration.write=true")
                .isEqualTo(written);
    }

    private static String section(String page, String name, String table) {
        Pattern section = Pattern.compile(SECTION.formatted(name));
        assertThat(page).containsPattern(section);
        return section.matcher(page)
                .replaceFirst(found -> Matcher.quoteReplacement(
                        "<!-- %s: written by ConfigurationPageTest -->\n%s<!-- end -->\n".formatted(name, table)));
    }

    private static String metering() throws IOException {
        return application(
                MeteringConfig::from, Path.of("../metering-stream/src/main/java/io/weir/metering/MeteringConfig.java"));
    }

    private static String feeCenter() throws IOException {
        return application(
                FeeCenterConfig::from,
                Path.of("../billing-sink/src/main/java/io/weir/feecenter/FeeCenterConfig.java"),
                Path.of("../billing-sink/src/main/java/io/weir/feecenter/web/ConsoleSettings.java"));
    }

    private static String application(Consumer<Settings> reading, Path... sources) throws IOException {
        Settings settings = Settings.load(new String[0], Map.of());
        reading.accept(settings);
        Map<String, String> meanings = new HashMap<>();
        for (Path source : sources) {
            meanings.putAll(meanings(Files.readString(source)));
        }
        Map<String, String> defaults = settings.defaults();
        List<String> keys = defaults.keySet().stream()
                .filter(key -> key.startsWith("weir.") && !key.endsWith(FILE))
                .toList();
        assertThat(meanings.keySet()).containsExactlyInAnyOrderElementsOf(keys);
        return table(keys.stream()
                .map(key -> row(
                        "`" + key + "`" + (defaults.containsKey(key + FILE) ? " or `" + key + FILE + "`" : ""),
                        Objects.requireNonNull(defaults.get(key)),
                        Objects.requireNonNull(meanings.get(key))))
                .toList());
    }

    /** What the docstrings of a record of settings, and of the records within it, say of each key. */
    private static Map<String, String> meanings(String source) {
        Map<String, String> meanings = new HashMap<>();
        PARAMETER.matcher(source).results().forEach(parameter -> {
            String text =
                    parameter.group(1).replaceAll("\\s*\n\\s*\\*\\s*", " ").strip();
            int colon = text.indexOf("}: ");
            if (colon > 0) {
                String meaning = text.substring(colon + 3).replaceAll("\\{@code ([^}]+)}", "`$1`");
                KEY.matcher(text.substring(0, colon + 1)).results().forEach(key -> meanings.put(key.group(1), meaning));
            }
        });
        return meanings;
    }

    private static String registry() {
        return table(RegistrySettings.definition().configKeys().values().stream()
                .map(key -> row("`" + key.name + "`", defaultOf(key), key.documentation))
                .sorted()
                .toList());
    }

    private static String defaultOf(ConfigKey key) {
        if (!key.hasDefault()) {
            return "required";
        }
        return key.defaultValue == null || key.type.isSensitive() ? "" : key.defaultValue.toString();
    }

    private static String row(String key, String defaultText, String meaning) {
        String shown = defaultText.isEmpty() || defaultText.equals("required") ? defaultText : "`" + defaultText + "`";
        return "| %s | %s | %s |\n".formatted(key, shown, meaning);
    }

    private static String table(List<String> rows) {
        return rows.stream().collect(Collectors.joining("", "\n| key | default | meaning |\n|---|---|---|\n", "\n"));
    }
}
