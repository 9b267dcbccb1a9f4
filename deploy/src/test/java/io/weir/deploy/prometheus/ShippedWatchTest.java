package io.weir.deploy.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is shipped to watch Weir, as far as it can be seen without Prometheus. */
class ShippedWatchTest {

    private static final Path RULES = Path.of("prometheus/weir.rules.yaml");
    private static final Path RULE_TESTS = Path.of("prometheus/weir.rules.test.yaml");
    private static final Path PAGES = Path.of("runbook");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)\\n(.*?)(?=\\n\\n|\\z)", Pattern.DOTALL);
    private static final int COLUMNS = 24;

    @Test
    void eachAlertHasItsPageAndEachPageItsAlert() throws IOException {
        try (Stream<Path> pages = Files.list(PAGES)) {
            assertThat(pages.map(page -> page.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(alerts().keySet().stream()
                            .map(alert -> alert + ".md")
                            .toList());
        }
    }

    @Test
    void eachAlertSaysHowBadItIsWhatItIsAndWhereItsPageIs() throws IOException {
        alerts().forEach((alert, rule) -> assertThat(rule)
                .as(alert)
                .containsPattern("labels: \\{severity: (critical|warning)}")
                .contains("summary: \"", "description: \"")
                .contains("runbook_url: runbook/" + alert + ".md"));
    }

    @Test
    void eachAlertIsTested() throws IOException {
        assertThat(Files.readString(RULE_TESTS)).contains(alerts().keySet());
    }

    @Test
    void eachPageSaysWhatItMeansInMoneyWhatToLookAtWhatToDoAndWhatNot() throws IOException {
        for (String alert : alerts().keySet()) {
            assertThat(PAGES.resolve(alert + ".md"))
                    .content()
                    .startsWith("# " + alert + "\n")
                    .contains("**In money:**", "**Look**", "**Do**", "**Don't**");
        }
    }

    @Test
    void eachPanelSaysWhatItShowsInWhichUnitFromTheChosenSource() {
        for (Dashboard dashboard : Dashboard.shipped()) {
            assertThat(dashboard.content().path("schemaVersion").asInt()).isGreaterThan(30);
            assertThat(dashboard.content().path("templating").findValuesAsText("type"))
                    .contains("datasource");
            for (JsonNode panel : dashboard.panels()) {
                assertThat(panel.path("description").asText())
                        .as(panel.path("title").asText())
                        .endsWith(".");
                assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isNotEmpty();
                assertThat(panel.findValuesAsText("uid")).containsOnly("${datasource}");
            }
        }
    }

    @Test
    void noTwoPanelsLieOnOneAnother() {
        for (Dashboard dashboard : Dashboard.shipped()) {
            Set<Integer> taken = new HashSet<>();
            Set<Integer> ids = new HashSet<>();
            dashboard.content().path("panels").forEach(panel -> {
                assertThat(ids.add(panel.path("id").asInt())).isTrue();
                assertThat(cells(panel.path("gridPos"))).allMatch(taken::add);
            });
        }
    }

    private static List<Integer> cells(JsonNode place) {
        int left = place.path("x").asInt();
        int top = place.path("y").asInt();
        int width = place.path("w").asInt();
        int height = place.path("h").asInt();
        assertThat(left + width).isLessThanOrEqualTo(COLUMNS);
        return Stream.iterate(0, cell -> cell < width * height, cell -> cell + 1)
                .map(cell -> (top + cell / width) * COLUMNS + left + cell % width)
                .toList();
    }

    /** The rules by the names of their alerts. */
    private static Map<String, String> alerts() throws IOException {
        return ALERT.matcher(Files.readString(RULES))
                .results()
                .collect(Collectors.toMap((MatchResult rule) -> rule.group(1), rule -> rule.group(2)));
    }
}
