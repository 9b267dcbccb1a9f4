package io.weir.metering;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wire.Settings;
import io.weir.wire.Topics;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator may set, and what not. */
class MeteringConfigTest {

    private final Map<String, String> environment = new HashMap<>(Map.of(
            "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092",
            "SCHEMA_REGISTRY_URL", "http://127.0.0.1:8081",
            "WEIR_STATE_DIR", "state"));

    @Test
    void needsOnlyTheAddressesAndTheStateFolder() {
        // Given
        Settings settings = Settings.load(new String[0], environment);

        // When
        MeteringConfig config = MeteringConfig.from(settings);

        // Then
        assertThat(settings.mistakes()).isEmpty();
        assertThat(config.streams()).containsEntry("processing.guarantee", "exactly_once_v2");
        assertThat(config.registry()).containsEntry("schema.registry.wait.ms", "2147483647");
    }

    @Test
    void aShadowHasTopicsAndAnIdOfItsOwn() {
        // Given
        environment.put("WEIR_TOPICS_PREFIX", "shadow.");

        // When
        MeteringConfig config = MeteringConfig.from(Settings.load(new String[0], environment));

        // Then
        assertThat(config.topics().of(Topics.BILL_LINES)).isEqualTo("shadow.fee-center.bill-lines");
        assertThat(config.applicationId()).isEqualTo("shadow.weir-metering");
    }

    @ParameterizedTest
    @CsvSource({
        "KAFKA_PROCESSING_GUARANTEE, at_least_once",
        "KAFKA_PROCESSING_EXCEPTION_HANDLER, some.Handler",
        "KAFKA_DEFAULT_TIMESTAMP_EXTRACTOR, some.Extractor",
        "KAFKA_PRODUCER_PARTITIONER_CLASS, some.Partitioner"
    })
    void refusesWhatCouldPassOverARecordOrCountItTwice(String variable, String value) {
        // Given
        environment.put(variable, value);
        Settings settings = Settings.load(new String[0], environment);

        // When
        MeteringConfig.from(settings);

        // Then
        assertThat(settings.mistakes()).singleElement().asString().contains("the bill is right only with");
    }
}
