package io.weir.feecenter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of the fee center's rules: each rule has tests, which are there, or says that it is not implemented. */
class FeeCenterRulesTest {

    private static final Path PAGE = Path.of("FEE-CENTER-RULES.md");
    private static final Pattern RULE = Pattern.compile("(?m)^\\| (?!rule \\|)(.+) \\| ([^|]+) \\|$");
    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final Pattern TESTS = Pattern.compile("%s(, %s)*".formatted(TEST, TEST));
    private static final Pattern CITED = Pattern.compile("fee-center-rules\\.md (§\\d+(?:, §\\d+)*)");
    private static final Pattern ANNOTATED = Pattern.compile("@(Test|RepeatedTest|ParameterizedTest|TestFactory)\\b");

    @Test
    void everyRuleHasTestsOrSaysThatItIsNotImplemented() throws IOException {
        assertThat(rules())
                .hasSizeGreaterThan(100)
                .allSatisfy(rule -> assertThat(rule.group(2))
                        .as(rule.group(1))
                        .matches(proof -> proof.equals("not implemented")
                                || TESTS.matcher(proof).matches()));
    }

    @Test
    void everyTestThatARuleNamesIsThere() throws IOException {
        List<Path> sources = sources();

        assertThat(rules())
                .allSatisfy(rule -> assertThat(TEST.matcher(rule.group(2)).results())
                        .as(rule.group(1))
                        .allMatch(test -> sources.stream()
                                .filter(source -> source.endsWith(test.group(1) + ".java"))
                                .anyMatch(source -> isTest(read(source), test.group(2)))));
    }

    @Test
    void everySectionThatTheSourcesCiteIsThere() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(sources())
                .allSatisfy(source -> assertThat(CITED.matcher(read(source)).results())
                        .flatExtracting(cited -> List.of(cited.group(1).split(", ", -1)))
                        .allMatch(section -> page.contains("\n## " + section.substring(1) + " ")));
    }

    /** What stands before a test, back to the empty line, has its annotation. */
    private static boolean isTest(String source, String method) {
        int declared = source.indexOf(" " + method + "(");
        return declared >= 0
                && ANNOTATED
                        .matcher(source.substring(source.lastIndexOf("\n\n", declared), declared))
                        .find();
    }

    /** The rows of all tables but the first, which has words. */
    private static List<MatchResult> rules() throws IOException {
        String page = Files.readString(PAGE);
        return RULE.matcher(page.substring(page.indexOf("\n## 2 "))).results().toList();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> all = Files.walk(Path.of(".."))) {
            return all.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/"))
                    .toList();
        } catch (UncheckedIOException gone) {
            throw gone.getCause();
        }
    }

    private static String read(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
