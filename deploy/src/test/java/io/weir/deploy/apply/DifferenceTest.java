package io.weir.deploy.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.ControlRecord;
import io.weir.billing.RetentionChange;
import io.weir.deploy.scenario.ControlChange;
import io.weir.deploy.scenario.ControlEntry;
import io.weir.deploy.scenario.Place;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of retention settings that take effect together the last recorded counts (rules.md §6), so their order is part of what the files say. */
class DifferenceTest {

    private static final Instant FROM = Instant.parse("2026-03-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "'',      7 14,   7 14",
        "7 14,    7 14,   ''",
        "7 14,    14,     ''",
        "7,       7 14,   14",
        "7,       14 7,   14 7",
        "7 14,    7 14 7, 7",
        "7 14 30, 7 30,   ''"
    })
    void fromTheFirstSettingThatIsNotInTheHistoryOnAllAreNew(String recorded, String inFile, String news) {
        // Given
        Recorded topic = new Recorded("fee-center.control");
        settings(recorded)
                .forEach(setting ->
                        topic.take(topic.table().offset() + 1, setting.change().record()));

        // When
        List<ControlEntry> difference = Difference.between(topic, settings(inFile));

        // Then
        assertThat(difference).isEqualTo(settings(news));

        // When
        difference.forEach(setting ->
                topic.take(topic.table().offset() + 1, setting.change().record()));

        // Then
        assertThat(Difference.between(topic, settings(inFile))).isEmpty();
    }

    private static List<ControlEntry> settings(String days) {
        return Arrays.stream(days.split(" "))
                .filter(text -> !text.isEmpty())
                .map(text -> new RetentionChange("wksp_a", "logs", "", Integer.parseInt(text), FROM))
                .map(setting -> new ControlEntry(
                        new Place("workspaces.json", ""), new ControlChange("wksp_a", new ControlRecord(setting))))
                .toList();
    }
}
