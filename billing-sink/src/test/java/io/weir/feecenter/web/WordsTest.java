package io.weir.feecenter.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

    private static final Path WORDS = Path.of("src/main/resources/io/weir/feecenter/web");
    private static final Map<String, String> ENGLISH = words("words.properties");
    private static final Map<String, String> CHINESE = words("words_zh.properties");
    private static final String SOURCES = Stream.of("src/main/jte", "src/main/java/io/weir/feecenter/web")
            .flatMap(WordsTest::sources)
            .collect(Collectors.joining("\n"));
    private static final Map<String, List<String>> ENUMS = enums();

    /** Ways in which a page names a key as a whole. */
    private static final List<Pattern> NAMED = List.of(
            Pattern.compile("\\bt\\(\\s*\"([^\"]+)\"\\s*[,)]"),
            Pattern.compile("\\bwords\\.of\\(\\s*\"([^\"]+)\"\\s*[,)]"),
            Pattern.compile("new InputRefused\\(\\s*\"([^\"]+)\"\\s*[,)]"));

    private static final Pattern SAID = Pattern.compile("[?&]said=([a-z0-9-]+)");

    private static final Pattern BEGINNING = Pattern.compile("\"([a-zA-Z.-]+\\.)\"\\s*\\+");

    private static final Pattern PLACE = Pattern.compile("\\{[0-9]+[^}]*}");

    private static Map<String, String> words(String file) {
        Properties words = new Properties();
        try (Reader reader = Files.newBufferedReader(WORDS.resolve(file), UTF_8)) {
            words.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> sorted = new TreeMap<>();
        words.stringPropertyNames().forEach(key -> sorted.put(key, words.getProperty(key)));
        return sorted;
    }

    private static Stream<String> sources(String directory) {
        try (Stream<Path> files = Files.walk(Path.of(directory))) {
            return files
                    .filter(file -> file.toString().matches(".*\\.(jte|java)"))
                    .map(WordsTest::text)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The values of each enum of the fee center, by its simple name. */
    private static Map<String, List<String>> enums() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.weir.feecenter").stream()
                        .filter(JavaClass::isEnum)
                        .collect(Collectors.toMap(
                                JavaClass::getSimpleName,
                                type -> Arrays.stream(type.reflect().getEnumConstants())
                                        .map(value -> ((Enum<?>) value).name())
                                        .toList(),
                                (one, other) -> one));
    }

    private static Set<String> found(Pattern pattern) {
        return pattern.matcher(SOURCES)
                .results()
                .map(hit -> hit.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isUsed(String key) {
        return SOURCES.contains("\"" + key + "\"")
                || (key.startsWith("said.") && found(SAID).contains(key.substring("said.".length())))
                || (!key.startsWith("said.") && found(BEGINNING).stream().anyMatch(key::startsWith))
                || isOfEnum(key);
    }

    private static boolean isOfEnum(String key) {
        int point = key.indexOf('.');
        return ENUMS.getOrDefault(key.substring(0, point), List.of()).contains(key.substring(point + 1));
    }

    @Test
    void bothLanguagesHaveTheSameKeys() {
        assertThat(CHINESE.keySet()).isEqualTo(ENGLISH.keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"words.properties", "words_zh.properties"})
    void noKeyStandsTwice(String file) {
        assertThat(text(WORDS.resolve(file))
                        .lines()
                        .filter(line -> line.contains("=") && !line.startsWith("#"))
                        .map(line -> line.substring(0, line.indexOf('='))))
                .doesNotHaveDuplicates();
    }

    @Test
    void bothLanguagesPutTheSameValuesIntoTheirWords() {
        ENGLISH.forEach((key, words) ->
                assertThat(places(CHINESE.getOrDefault(key, ""))).as(key).isEqualTo(places(words)));
    }

    private static Set<String> places(String words) {
        return PLACE.matcher(words).results().map(hit -> hit.group()).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void allWordsAreShownAsTheyStand() {
        Stream.of(ENGLISH, CHINESE)
                .forEach(language -> language.forEach((key, words) -> {
                    assertThat(words).as(key + ": MessageFormat drops a lone '").doesNotContain("'");
                    assertThat(new MessageFormat(words)).as(key).isNotNull();
                }));
    }

    @Test
    void everyKeyThatAPageNamesHasWords() {
        Set<String> named = NAMED.stream()
                .flatMap(pattern -> found(pattern).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        found(SAID).forEach(said -> named.add("said." + said));

        assertThat(named).hasSizeGreaterThan(50).isSubsetOf(ENGLISH.keySet());
    }

    @Test
    void anEnumThatPagesShowHasWordsForAllItsValues() {
        ENGLISH.keySet().stream()
                .map(key -> key.substring(0, Math.max(0, key.indexOf('.'))))
                .filter(ENUMS::containsKey)
                .distinct()
                .forEach(type -> assertThat(ENGLISH.keySet())
                        .containsAll(ENUMS.getOrDefault(type, List.of()).stream()
                                .map(value -> type + "." + value)
                                .toList()));
    }

    @Test
    void noWordsAreLeftOver() {
        assertThat(ENGLISH.keySet()).allSatisfy(key -> assertThat(isUsed(key)).isTrue());
    }
}
