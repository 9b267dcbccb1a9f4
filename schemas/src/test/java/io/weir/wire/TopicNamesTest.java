package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A shadow's topics lie beside those of the live installation; only usage is shared. */
class TopicNamesTest {

    @Test
    void aShadowSharesUsageAndNothingElse() {
        assertThat(new TopicNames("shadow.").all())
                .extracting(Topic::name)
                .containsExactly(
                        "usage-events",
                        "shadow.fee-center.control",
                        "shadow.rejected-usage",
                        "shadow.usage-gaps",
                        "shadow.metered-usage",
                        "shadow.metering-progress",
                        "shadow.fee-center.bill-lines",
                        "shadow.held-lines");
    }

    @Test
    void withoutAPrefixTheNamesAreThoseOfTheCatalogue() {
        assertThat(TopicNames.LIVE.all()).isEqualTo(Topics.all());
    }

    @Test
    void aShadowRegistersSubjectsOfItsOwn() {
        assertThat(new TopicNames("shadow.").all().get(1).valueSubject()).isEqualTo("shadow.fee-center.control-value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shadow/", "shadow ", "schatten-ü", "a:"})
    void aPrefixThatNoTopicCanHaveIsAMistake(String prefix) {
        // Given
        Settings settings = Settings.load(new String[0], Map.of("WEIR_TOPICS_PREFIX", "x" + prefix + "y"));

        // When
        TopicNames names = TopicNames.from(settings);

        // Then
        assertThat(names).isEqualTo(TopicNames.LIVE);
        assertThat(settings.mistakes())
                .isEqualTo(List.of("weir.topics.prefix: 'x" + prefix + "y' cannot begin the name of a topic:"
                        + " at most 100 of the characters A-Z a-z 0-9 . _ -"));
    }

    @Test
    void aPrefixHasAtMost100Characters() {
        // Given
        Settings settings = Settings.load(new String[0], Map.of("WEIR_TOPICS_PREFIX", "s".repeat(101)));

        // When
        TopicNames.from(settings);

        // Then
        assertThat(settings.mistakes()).hasSize(1);
    }
}
