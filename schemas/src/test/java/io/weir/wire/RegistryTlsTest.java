package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.weir.usage.MeteringProgress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The registry behind TLS and credentials, by the keys that Confluent's clients have; its own class is asked with the same ones. */
class RegistryTlsTest {

    private static final MeteringProgress PROGRESS =
            new MeteringProgress(2, 8, Instant.ofEpochMilli(1000), Instant.ofEpochMilli(500));
    private static final String TOKEN = "t0ken-canary";
    private static final String USER_INFO = "weir:pa55word-canary";

    @TempDir
    static Path folder;

    private static RegistryCertificates certificates;
    private static Path server;
    private static Path serverTrust;
    private static Path client;
    private static Path clientTrust;

    @BeforeAll
    static void makeCertificates() throws Exception {
        EmbeddedRegistry.shared(); // takes longer to start than a request waits
        certificates = new RegistryCertificates(folder);
        server = certificates.keystore("server", "ip:127.0.0.1");
        serverTrust = certificates.truststore("PKCS12", "server");
        client = certificates.keystore("client", "dns:weir");
        clientTrust = certificates.truststore("PKCS12", "client");
    }

    @Test
    void trustsWhomItIsToldToTrust() throws Exception {
        try (TlsRegistry registry = new TlsRegistry(server, null, "")) {
            assertThat(register(registry, trust("PKCS12", serverTrust))).isPositive();
        }
    }

    @Test
    void readsAStoreOfTypeJks() throws Exception {
        try (TlsRegistry registry = new TlsRegistry(server, null, "")) {
            assertThat(register(registry, trust("JKS", certificates.truststore("JKS", "server"))))
                    .isPositive();
        }
    }

    @Test
    void readsPemFiles() throws Exception {
        try (TlsRegistry registry = new TlsRegistry(server, clientTrust, "")) {
            // Given
            Map<String, String> settings = Map.of(
                    "schema.registry.ssl.truststore.type",
                    "PEM",
                    "schema.registry.ssl.truststore.location",
                    certificates.pem("server", false).toString(),
                    "schema.registry.ssl.keystore.type",
                    "PEM",
                    "schema.registry.ssl.keystore.location",
                    certificates.pem("client", true).toString());

            // When, Then
            assertThat(register(registry, settings)).isPositive();
        }
    }

    @Test
    void showsItsOwnCertificateWhereOneIsAskedFor() throws Exception {
        try (TlsRegistry registry = new TlsRegistry(server, clientTrust, "")) {
            // Given
            Map<String, String> withoutKey = trust("PKCS12", serverTrust);

            // When, Then
            assertThat(register(registry, with(withoutKey, key()))).isPositive();
            assertThatThrownBy(() -> registerImpatiently(registry, withoutKey))
                    .isInstanceOf(SchemaRegistryUnavailable.class);
        }
    }

    @Test
    void trustsNobodyElse() throws Exception {
        try (TlsRegistry registry = new TlsRegistry(server, null, "")) {
            assertThatThrownBy(() -> registerImpatiently(registry, Map.of()))
                    .isInstanceOf(SchemaRegistryUnavailable.class)
                    .hasMessageContaining("SSLHandshakeException");
            assertThat(registry.passedOn()).isEmpty();
        }
    }

    @Test
    void trustsNoCertificateOfAnotherName() throws Exception {
        Path other = certificates.keystore("other", "dns:elsewhere");
        try (TlsRegistry registry = new TlsRegistry(other, null, "")) {
            // Given
            Map<String, String> settings = trust("PKCS12", certificates.truststore("PKCS12", "other"));

            // When, Then
            assertThatThrownBy(() -> registerImpatiently(registry, settings))
                    .isInstanceOf(SchemaRegistryUnavailable.class);
            assertThat(registry.passedOn()).isEmpty();
        }
    }

    @Test
    void asksTheNextOneOverTlsWhenOneIsAway() throws Exception {
        try (TlsRegistry registry = new TlsRegistry(server, null, "")) {
            // Given
            Map<String, String> settings = new HashMap<>(trust("PKCS12", serverTrust));
            settings.put("schema.registry.url", "https://127.0.0.1:%d,%s".formatted(FreePort.next(), registry.url()));

            // When, Then
            assertThat(SchemaRegistry.of(settings).register("next-value", MeteringProgress.getClassSchema()))
                    .isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.weir.wire.AvroSerializer", GenuineConfluentTest.CONFLUENTS_SERIALIZER})
    void aTokenFromAFileOpensTheDoor(String serializer) throws Exception {
        // Given
        Path token = Files.writeString(folder.resolve("token"), TOKEN + "\n");
        Map<String, String> settings =
                Map.of("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token.file", token.toString());

        // When, Then
        assertThat(written(serializer, "Bearer " + TOKEN, settings)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.weir.wire.AvroSerializer", GenuineConfluentTest.CONFLUENTS_SERIALIZER})
    void userAndPasswordFromAFileOpenTheDoor(String serializer) throws Exception {
        // Given
        Path userInfo = Files.writeString(folder.resolve("user-info"), USER_INFO + "\n");
        Map<String, String> settings =
                Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info.file", userInfo.toString());

        // When, Then
        assertThat(written(serializer, RegistryCredentials.basic(USER_INFO).authorization(), settings))
                .isNotEmpty();
    }

    @Test
    void saysWhichStoreItCannotReadAndWhy() {
        // Given
        Map<String, String> settings = new HashMap<>(trust("PKCS12", folder.resolve("nowhere.p12")));
        settings.put("schema.registry.url", "https://127.0.0.1:1");

        // When, Then
        assertThat(SerdeConfig.mistakes(settings))
                .singleElement()
                .asString()
                .contains("schema.registry.ssl", "nowhere.p12");
    }

    @Test
    void refusesToLeaveTheNameOfACertificateUnchecked() {
        assertThatThrownBy(() -> SchemaRegistry.of(Map.of(
                        "schema.registry.url",
                        "https://127.0.0.1:1",
                        "schema.registry.ssl.endpoint.identification.algorithm",
                        "")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.ssl.endpoint.identification.algorithm");
    }

    @Test
    void showsNoSecretInAnyLogOrMessage() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        root.setLevel(Level.TRACE);
        try (TlsRegistry registry = new TlsRegistry(server, clientTrust, "Bearer another one")) {
            // Given
            Map<String, String> settings = with(trust("PKCS12", serverTrust), key());

            // When
            Throwable refused = catchThrowable(() -> registerImpatiently(
                    registry,
                    with(
                            settings,
                            Map.of("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", TOKEN))));
            Throwable refusedToo = catchThrowable(() -> registerImpatiently(
                    registry,
                    with(
                            settings,
                            Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", USER_INFO))));
            Throwable wrongPassword = catchThrowable(() -> registerImpatiently(
                    registry, with(settings, Map.of("schema.registry.ssl.keystore.password", "wrong-canary"))));

            // Then
            assertThat(trace(refused)).contains("401").doesNotContain("canary");
            assertThat(trace(refusedToo)).contains("401").doesNotContain("canary");
            assertThat(trace(wrongPassword)).contains("client.p12").doesNotContain("canary");
            assertThat(log.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .isNotEmpty()
                    .noneMatch(line -> line.contains("canary"));
        } finally {
            root.setLevel(before);
            root.detachAppender(log);
        }
    }

    private static int register(TlsRegistry registry, Map<String, String> more) {
        return register(registry, more, Patience.PATIENCE);
    }

    /** Gives up soon, where it must be refused. */
    private static int registerImpatiently(TlsRegistry registry, Map<String, String> more) {
        return register(registry, more, Duration.ofSeconds(1));
    }

    private static int register(TlsRegistry registry, Map<String, String> more, Duration wait) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("schema.registry.url", registry.url());
        settings.put("schema.registry.wait.ms", Long.toString(wait.toMillis()));
        return SchemaRegistry.of(settings).register("tls-value", MeteringProgress.getClassSchema());
    }

    /** What a serializer writes that is configured as an application configures it, through a registry that wants this header. */
    private static byte[] written(String serializer, String wanted, Map<String, String> more) throws Exception {
        try (TlsRegistry registry = new TlsRegistry(server, clientTrust, wanted)) {
            Map<String, String> environment = new HashMap<>();
            with(with(trust("PKCS12", serverTrust), key()), more)
                    .forEach((key, value) ->
                            environment.put(key.toUpperCase(Locale.ROOT).replace('.', '_'), value));
            environment.put("SCHEMA_REGISTRY_URL", registry.url());
            Settings settings = Settings.load(new String[0], environment);
            Map<String, String> told = RegistrySettings.of(settings);
            assertThat(settings.mistakes()).isEmpty();
            return NamedSerializer.of(serializer, told).serialize("behind-tls", PROGRESS);
        }
    }

    private static Map<String, String> trust(String type, Path store) {
        return Map.of(
                "schema.registry.ssl.truststore.type",
                type,
                "schema.registry.ssl.truststore.location",
                store.toString(),
                "schema.registry.ssl.truststore.password",
                RegistryCertificates.PASSWORD);
    }

    private static Map<String, String> key() {
        return Map.of(
                "schema.registry.ssl.keystore.type",
                "PKCS12",
                "schema.registry.ssl.keystore.location",
                client.toString(),
                "schema.registry.ssl.keystore.password",
                RegistryCertificates.PASSWORD,
                "schema.registry.ssl.key.password",
                RegistryCertificates.PASSWORD);
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }

    private static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
