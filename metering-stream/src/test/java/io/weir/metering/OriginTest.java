package io.weir.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The state of a partition goes only with what it was built from. */
class OriginTest {

    private static final Map<String, Uuid> TOPICS = Map.of("usage-events", new Uuid(1, 1), "billed", new Uuid(1, 2));

    private final KeyValueStore<Bytes, byte[]> store =
            Stores.inMemoryKeyValueStore("partition").get();

    @BeforeEach
    void builtByRulesOf2025() {
        origin("2025b", TOPICS).remember(store);
    }

    @Test
    void theSameFits() {
        assertFits(origin("2025b", TOPICS));
    }

    @Test
    void stateThatSaysNothingOfItsOriginFits() {
        // Given
        KeyValueStore<Bytes, byte[]> fresh =
                Stores.inMemoryKeyValueStore("partition").get();

        // When / Then
        assertThatCode(() -> origin("2025b", TOPICS).requireFit(fresh)).doesNotThrowAnyException();
    }

    @Test
    void refusesAnotherNumberOfPartitions() {
        // Given
        Origin grown = new Origin(8, "2025b", new TreeMap<>(TOPICS));

        // When / Then
        assertRefused(grown, "usage-events has 8 partitions, the state was built with 4");
    }

    @Test
    void refusesATopicWithAnotherId() {
        // Given
        Origin anew = origin("2025b", Map.of("usage-events", new Uuid(1, 1), "billed", new Uuid(9, 9)));

        // When / Then
        assertRefused(
                anew, "the topic billed has id " + new Uuid(9, 9) + ", the state was built with " + new Uuid(1, 2));
    }

    @Test
    void refusesToGoOnWithTheStateOfALiveStreamAsAShadow() {
        // Given
        Origin shadow = origin("2025b", Map.of("usage-events", new Uuid(1, 1), "shadow.billed", new Uuid(1, 2)));

        // When / Then
        assertRefused(shadow, "the state was built from the topics [billed], which this start does not read");
    }

    @Test
    void aChangelogThatThisReleaseDoesNotHaveIsPassedOver() {
        // Given
        Map<String, Uuid> more = new TreeMap<>(TOPICS);
        more.put("weir-metering-newer-changelog", new Uuid(1, 3));
        origin("2025b", more).remember(store);

        // When / Then
        assertFits(origin("2025b", TOPICS));
    }

    @Test
    void refusesOlderTimeZoneRules() {
        // Given
        Origin older = origin("2024b", TOPICS);

        // When / Then
        assertRefused(older, "time-zone rules 2024b, the state was built with 2025b");
    }

    @Test
    void newerTimeZoneRulesAreTakenOver() {
        // Given
        Origin newer = origin("2026a", TOPICS);
        assertFits(newer);

        // When
        newer.remember(store);

        // Then
        assertRefused(origin("2025b", TOPICS), "the state was built with 2026a");
    }

    @Test
    void aTopicThatIsNewIsTakenOver() {
        // Given
        Map<String, Uuid> more = new TreeMap<>(TOPICS);
        more.put("gaps", new Uuid(1, 3));

        // When
        origin("2025b", more).remember(store);

        // Then
        more.put("gaps", new Uuid(9, 9));
        assertRefused(origin("2025b", more), "the topic gaps has id");
    }

    @Test
    void theRulesAreThoseOfThisJava() {
        // When
        Origin here = Origin.of(4, TOPICS);

        // Then
        assertThat(here.zoneRules()).matches("20\\d\\d[a-z]");
    }

    private static Origin origin(String zoneRules, Map<String, Uuid> topicIds) {
        return new Origin(4, zoneRules, new TreeMap<>(topicIds));
    }

    private void assertFits(Origin origin) {
        assertThatCode(() -> origin.requireFit(store)).doesNotThrowAnyException();
    }

    private void assertRefused(Origin origin, String why) {
        assertThatThrownBy(() -> origin.requireFit(store))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(why);
    }
}
