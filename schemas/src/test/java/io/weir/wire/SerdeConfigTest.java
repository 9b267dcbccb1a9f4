package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.usage.UsageEvent;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class SerdeConfigTest {

    @Test
    void needsNothingButAUrl() {
        assertThat(SerdeConfig.of(Map.of("schema.registry.url", "http://registry:8081/")))
                .isEqualTo(new SerdeConfig(
                        List.of(URI.create("http://registry:8081")),
                        null,
                        null,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        10_000,
                        Duration.ofSeconds(10),
                        true,
                        false,
                        null));
    }

    @Test
    void takesSettingsAsTextOrAsWhatTheyStandFor() {
        // Given
        Map<String, Object> text = Map.of(
                "schema.registry.url", "http://a:1,http://b:2",
                "auto.register.schemas", "false",
                "http.read.timeout.ms", "500",
                "specific.avro.value.type", "io.weir.usage.UsageEvent");
        Map<String, Object> typed = Map.of(
                "schema.registry.url",
                List.of("http://a:1", "http://b:2"),
                "auto.register.schemas",
                false,
                "http.read.timeout.ms",
                500,
                "specific.avro.value.type",
                UsageEvent.class);

        // When, Then
        assertThat(SerdeConfig.of(typed)).isEqualTo(SerdeConfig.of(text));
    }

    @Test
    void namesEveryMistakeAtOnce() {
        // Given
        Map<String, Object> settings = Map.of(
                "schema.registry.url", "ftp://files",
                "auto.register.schemas", "perhaps",
                "http.read.timeout.ms", "0",
                "schema.registry.wait.ms", "soon",
                "basic.auth.credentials.source", "SASL_INHERIT",
                "value.subject.name.strategy", "io.confluent.kafka.serializers.subject.RecordNameStrategy",
                "specific.avro.value.type", "java.lang.String",
                "specific.avro.reader", "false",
                "acks", "all");

        // When
        List<String> mistakes = SerdeConfig.mistakes(settings);

        // Then
        assertThat(mistakes).hasSize(8);
        for (String key : settings.keySet()) {
            if (!key.equals("acks")) {
                assertThat(mistakes)
                        .as(key)
                        .anySatisfy(mistake -> assertThat(mistake).contains(key));
            }
        }
        assertThatThrownBy(() -> SerdeConfig.of(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("ftp://files")
                .hasMessageContaining("RecordNameStrategy");
    }

    @Test
    void saysThatTheUrlIsMissing() {
        assertThat(SerdeConfig.mistakes(Map.of())).singleElement().asString().contains("schema.registry.url");
    }

    @Test
    void refusesSettingsThatContradictEachOther() {
        assertThat(SerdeConfig.mistakes(Map.of("schema.registry.url", "http://a", "use.latest.version", "true")))
                .singleElement()
                .asString()
                .contains("auto.register.schemas=false");
        assertThat(SerdeConfig.mistakes(
                        Map.of("schema.registry.url", "http://a", "basic.auth.credentials.source", "USER_INFO")))
                .singleElement()
                .asString()
                .contains("basic.auth.user.info");
        assertThat(SerdeConfig.mistakes(Map.of("schema.registry.url", "mock://a,http://b")))
                .singleElement()
                .asString()
                .contains("mock://");
    }

    @Test
    void showsNoPassword() {
        // Given
        Map<String, Object> settings = Map.of(
                "schema.registry.url", "http://registry:8081",
                "basic.auth.credentials.source", "USER_INFO",
                "basic.auth.user.info", "user:s3cret");

        // When, Then
        assertThat(SerdeConfig.of(settings).toString()).doesNotContain("s3cret");
        assertThat(SerdeConfig.of(Map.of("schema.registry.url", "http://user:s3cret@registry:8081"))
                        .toString())
                .doesNotContain("s3cret");
        assertThat(SerdeConfig.mistakes(Map.of("schema.registry.url", "http://user:s3cret@a b"))
                        .toString())
                .doesNotContain("s3cret");
    }
}
