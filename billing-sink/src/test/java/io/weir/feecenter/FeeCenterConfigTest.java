package io.weir.feecenter;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.feecenter.FeeCenterConfig.ErrandSettings;
import io.weir.feecenter.account.SmtpServer;
import io.weir.wire.Secret;
import io.weir.wire.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeeCenterConfigTest {

    private final Map<String, String> environment = new HashMap<>(Map.of(
            "WEIR_DATABASE_URL", "jdbc:postgresql://127.0.0.1/ledger",
            "WEIR_DATABASE_USER", "weir_sink",
            "WEIR_DATABASE_PASSWORD", "canary",
            "SCHEMA_REGISTRY_URL", "http://127.0.0.1:8081",
            "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092"));

    @Test
    void needsOnlyTheAddressesAndTheRole() {
        Settings settings = settings();
        FeeCenterConfig config = FeeCenterConfig.from(settings);

        assertThat(settings.mistakes()).isEmpty();
        assertThat(config.http().toString()).isEqualTo("/127.0.0.1:8382");
        assertThat(config.group()).isEqualTo("weir-fee-center");
        assertThat(config.deserializer()).isEqualTo("io.weir.wire.AvroDeserializer");
        assertThat(config.owner()).isEmpty();
        assertThat(config.errands()).isEqualTo(new ErrandSettings(Duration.ofSeconds(5), Optional.empty()));
    }

    @Test
    void takesTheMailServerOfTheOperatorsChoice() {
        // Given
        environment.put("WEIR_SMTP_HOST", "mail.example.com");
        environment.put("WEIR_SMTP_FROM", "weir@example.com");
        environment.put("WEIR_SMTP_USER", "weir");
        environment.put("WEIR_SMTP_PASSWORD", "canary");

        // When
        Settings settings = settings();
        FeeCenterConfig config = FeeCenterConfig.from(settings);

        // Then
        assertThat(settings.mistakes()).isEmpty();
        assertThat(config.errands().smtp())
                .contains(new SmtpServer(
                        "mail.example.com",
                        587,
                        SmtpServer.Encryption.STARTTLS,
                        "weir@example.com",
                        Optional.of(new SmtpServer.Login("weir", new Secret("canary")))));
        assertThat(config.toString()).doesNotContain("canary");
    }

    @Test
    void namesTheMistakesInTheMailServer() {
        // Given
        environment.put("WEIR_SMTP_HOST", "mail.example.com");
        environment.put("WEIR_SMTP_ENCRYPTION", "SSL");
        environment.put("WEIR_SMTP_USER", "weir");

        // When
        Settings settings = settings();
        FeeCenterConfig.from(settings);

        // Then
        assertThat(settings.mistakes())
                .containsExactlyInAnyOrder(
                        "weir.smtp.encryption=SSL: not one of [NONE, STARTTLS, TLS]",
                        "weir.smtp.user and weir.smtp.password go together: one of them is missing",
                        "weir.smtp.from is missing: from whom the mail comes, such as weir@example.com");
    }

    @Test
    void handsThroughKafkasSettingsAndTakesAnotherDeserializer() {
        environment.put("WEIR_VALUE_DESERIALIZER", "io.confluent.kafka.serializers.KafkaAvroDeserializer");
        environment.put("KAFKA_MAX_POLL_RECORDS", "50");

        FeeCenterConfig config = FeeCenterConfig.from(settings());

        assertThat(config.deserializer()).isEqualTo("io.confluent.kafka.serializers.KafkaAvroDeserializer");
        assertThat(config.kafka())
                .containsEntry("max.poll.records", "50")
                .containsEntry("schema.registry.url", "http://127.0.0.1:8081")
                .doesNotContainKey("value.deserializer");
    }

    @Test
    void aShadowHasATopicAGroupAndASchemaOfItsOwn() {
        // Given
        environment.put("WEIR_TOPICS_PREFIX", "shadow.");
        environment.put("WEIR_DATABASE_SCHEMA", "shadow");
        environment.put("WEIR_DATABASE_URL", "jdbc:postgresql://127.0.0.1/ledger?ssl=true");

        // When
        FeeCenterConfig config = FeeCenterConfig.from(settings());

        // Then
        assertThat(config.billLines()).isEqualTo("shadow.fee-center.bill-lines");
        assertThat(config.meteringProgress()).isEqualTo("shadow.metering-progress");
        assertThat(config.group()).isEqualTo("shadow.weir-fee-center");
        assertThat(config.transactionalId()).isEqualTo("shadow.weir-fee-center-outbox");
        assertThat(config.database().url())
                .isEqualTo("jdbc:postgresql://127.0.0.1/ledger?ssl=true&currentSchema=shadow");
    }

    @Test
    void refusesASchemaInTheAddressAndOneThatNeedsQuotes() {
        // Given
        environment.put("WEIR_DATABASE_SCHEMA", "Shadow; DROP");
        environment.put("WEIR_DATABASE_URL", "jdbc:postgresql://127.0.0.1/ledger?currentSchema=other");

        // When
        Settings settings = settings();
        FeeCenterConfig.from(settings);

        // Then
        assertThat(settings.mistakes())
                .containsExactlyInAnyOrder(
                        "weir.database.schema=Shadow; DROP: not a name of lower-case letters, digits and _",
                        "weir.database.url: the schema is set by weir.database.schema, not by currentSchema");
    }

    @Test
    void namesAllMistakesAtOnce() {
        environment.clear();
        environment.put("WEIR_DATABASE_URL", "mysql://elsewhere");
        environment.put("WEIR_DATABASE_OWNER_PASSWORD", "canary");
        environment.put("WEIR_HTTP_PORT", "eighty");
        environment.put("KAFKA_ISOLATION_LEVEL", "read_uncommitted");

        Settings settings = settings();
        FeeCenterConfig.from(settings);

        assertThat(settings.mistakes())
                .containsExactlyInAnyOrder(
                        "weir.database.url: does not begin with jdbc:postgresql:",
                        "weir.database.user (or WEIR_DATABASE_USER) is missing",
                        "weir.database.owner.password is set without weir.database.owner.user",
                        "weir.http.port=eighty: not a whole number from 0 to 65535",
                        "kafka.bootstrap.servers (or KAFKA_BOOTSTRAP_SERVERS) is missing",
                        "kafka.isolation.level=read_uncommitted: the ledger is right only with read_committed",
                        "schema.registry.url (or SCHEMA_REGISTRY_URL) is missing");
    }

    @Test
    void neverShowsAPassword() {
        environment.put("WEIR_DATABASE_OWNER_USER", "weir_owner");
        environment.put("WEIR_DATABASE_OWNER_PASSWORD", "canary");
        environment.put("KAFKA_SASL_JAAS_CONFIG", "canary");

        assertThat(FeeCenterConfig.from(settings()).toString()).doesNotContain("canary");
    }

    private Settings settings() {
        return Settings.load(new String[0], environment);
    }
}
