package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    @TempDir
    Path directory;

    @Test
    void environmentOverridesTheFile() throws IOException {
        Settings settings = settings("weir.usage.grace=PT1H\nweir.http.port=8080", Map.of("WEIR_USAGE_GRACE", "PT2H"));

        assertThat(settings.duration("weir.usage.grace", Duration.ZERO)).isEqualTo(Duration.ofHours(2));
        assertThat(settings.wholeNumber("weir.http.port", 1, 0, 65535)).isEqualTo(8080);
        assertThat(settings.text("weir.http.host", "127.0.0.1")).isEqualTo("127.0.0.1");
        assertThat(settings.bytes("weir.http.port", 1)).isEqualTo(8080);
        assertThat(settings.mistakes()).isEmpty();
    }

    @Test
    void handsThroughWhatIsUnderAPrefix() throws IOException {
        Settings settings = settings(
                "kafka.bootstrap.servers=file:1\nkafka.client.id=me",
                Map.of("KAFKA_BOOTSTRAP_SERVERS", "variable:2", "HOME", "/"));

        assertThat(settings.withPrefix("kafka."))
                .containsExactlyInAnyOrderEntriesOf(Map.of("bootstrap.servers", "variable:2", "client.id", "me"));
        assertThat(settings.mistakes()).isEmpty();
    }

    @Test
    void namesAllMistakesAtOnce() throws IOException {
        Settings settings = settings("weir.a=soon\nweir.b=70000\nweir.d=1GB\nweir.grcae=PT1H", Map.of());

        settings.duration("weir.a", Duration.ZERO);
        settings.wholeNumber("weir.b", 1, 0, 65535);
        settings.required("weir.c");
        settings.bytes("weir.d", 0);

        assertThat(settings.mistakes())
                .containsExactly(
                        "weir.a=soon: not a duration of zero or more, such as PT90S or P35D",
                        "weir.b=70000: not a whole number from 0 to 65535",
                        "weir.c (or WEIR_C) is missing",
                        "weir.d=1GB: not a whole number of bytes",
                        "weir.grcae is not a setting; there are weir.a, weir.b, weir.c, weir.d");
    }

    @Test
    void readsASecretFromItsFileAndNeverShowsIt() throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "canary\n");
        Settings settings = settings("weir.password.file=" + file, Map.of());

        assertThat(settings.secret("weir.password")).contains(new Secret("canary"));
        assertThat(settings.secret("weir.password").toString()).doesNotContain("canary");
        assertThat(settings.mistakes()).isEmpty();
    }

    @Test
    void refusesASecretGivenTwice() throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "one\n");
        Settings settings = settings("weir.password=other\nweir.password.file=" + file, Map.of());

        settings.secret("weir.password");

        assertThat(settings.mistakes())
                .containsExactly("weir.password and weir.password.file are both set: one of them is enough");
    }

    @Test
    void readsEverySettingOfAClientThatNamesAFile() throws IOException {
        // Given
        Path login = Files.writeString(directory.resolve("login"), "module required\n  password=\"canary\";\n");
        Path key = Files.writeString(directory.resolve("key"), "one canary");

        // When
        Map<String, String> kafka = settings(
                        "kafka.sasl.jaas.config.file=" + login,
                        Map.of("KAFKA_MAIN_CONSUMER_SSL_KEY_PASSWORD_FILE", key.toString()))
                .withPrefix("kafka.");

        // Then
        assertThat(kafka)
                .containsOnly(
                        Map.entry("sasl.jaas.config", "module required\n  password=\"canary\";"),
                        Map.entry("main.consumer.ssl.key.password", "one canary"));
    }

    @Test
    void leavesFilesToKafkaThatItReadsItself() throws IOException {
        assertThat(settings("kafka.sasl.oauthbearer.assertion.private.key.file=/a.key", Map.of())
                        .withPrefix("kafka."))
                .containsOnlyKeys("sasl.oauthbearer.assertion.private.key.file");
    }

    @Test
    void namesKeyAndFileOfASecretThatItCannotRead() throws IOException {
        // Given
        Path empty = Files.createFile(directory.resolve("empty"));
        Settings settings = settings(
                "kafka.a.file=/no/such\nkafka.b.file=%s\nkafka.c=canary\nkafka.c.file=%s".formatted(empty, empty),
                Map.of());

        // When
        settings.withPrefix("kafka.");

        // Then
        assertThat(settings.mistakes())
                .containsExactly(
                        "kafka.a.file=/no/such: not readable (NoSuchFileException)",
                        "kafka.b.file=%s: the file is empty".formatted(empty),
                        "kafka.c and kafka.c.file are both set: one of them is enough");
    }

    @Test
    void saysWhichFileItCannotRead() {
        Settings settings = Settings.load(new String[] {"/no/such.properties"}, Map.of());

        assertThat(settings.mistakes()).singleElement().asString().startsWith("/no/such.properties: not a readable");
    }

    private Settings settings(String lines, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(directory.resolve("weir.properties"), lines);
        return Settings.load(new String[] {file.toString()}, environment);
    }
}
