package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.usage.UsageEvent;
import io.weir.wire.StubRegistry.Reply;
import io.weir.wire.UnreadableRecord.Fault;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry that is away says nothing about a record; one that answers does (rules.md §3). */
class RegistryAwayTest {

    private static final Reply UNKNOWN = new Reply(404, "{\"error_code\": 40403, \"message\": \"Schema not found\"}");
    private static final Reply FAILING = new Reply(500, "{\"error_code\": 50001}");
    private static final Reply FOUND = Reply.found("\"int\"");

    @Test
    void takesAnIdForUnknownWhenTheRegistrySaysSo() throws IOException {
        try (StubRegistry stub = new StubRegistry(UNKNOWN)) {
            assertThat(registry(stub.url()).schemaById(7)).isEmpty();
            assertThat(stub.paths()).containsExactly("GET /schemas/ids/7");
        }
    }

    @Test
    void saysUnavailableWhenNothingListens() throws IOException {
        // Given
        String nobody = "http://127.0.0.1:" + FreePort.next();

        // When, Then
        assertThatThrownBy(() -> impatient(nobody).schemaById(7))
                .isInstanceOf(SchemaRegistryUnavailable.class)
                .hasMessageContaining(nobody + "/schemas/ids/7");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 403, 404, 405, 409, 422, 429, 500, 502, 503})
    void takesNoStatusButTheRegistrysOwnForAnAnswerAndAsksAgain(int status) throws IOException {
        try (StubRegistry stub = new StubRegistry(new Reply(status, "<html>not a registry</html>"), FOUND)) {
            assertThat(registry(stub.url()).schemaById(7)).isPresent();
            assertThat(stub.paths()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>sign in first</html>", "", "{}", "[]", "{\"status\": \"UP\"}"})
    void takesNoPageForAnAnswer(String page) throws IOException {
        try (StubRegistry stub = new StubRegistry(new Reply(200, page))) {
            assertThatThrownBy(() -> impatient(stub.url()).schemaById(7)).isInstanceOf(SchemaRegistryUnavailable.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"error_code\": 404}", "{\"error_code\": 40401}"})
    void takesNo404ForAnAnswerButThatOfAnUnknownSchema(String body) throws IOException {
        try (StubRegistry stub = new StubRegistry(new Reply(404, body))) {
            assertThatThrownBy(() -> impatient(stub.url()).schemaById(7)).isInstanceOf(SchemaRegistryUnavailable.class);
        }
    }

    @Test
    void givesUpOnARequestThatHangs() throws IOException {
        try (StubRegistry stub = new StubRegistry(Reply.NEVER)) {
            assertThatThrownBy(() -> impatient(stub.url()).schemaById(7))
                    .isInstanceOf(SchemaRegistryUnavailable.class)
                    .hasMessageContaining("timed out");
        }
    }

    @Test
    void waitsUntilTheRegistryIsBack() throws IOException {
        try (StubRegistry stub = new StubRegistry(FAILING, Reply.NEVER, new Reply(404, ""), FOUND)) {
            SchemaRegistry registry = registry(stub.url(), Map.of("http.read.timeout.ms", "3000"));
            assertThat(registry.schemaById(7)).contains(Schema.create(Schema.Type.INT));
            assertThat(stub.paths()).hasSize(4);
        }
    }

    @Test
    void asksTheNextUrlWhenOneIsAway() throws IOException {
        try (StubRegistry failing = new StubRegistry(FAILING);
                StubRegistry well = new StubRegistry(FOUND)) {
            // Given
            SchemaRegistry registry =
                    registry("http://127.0.0.1:%d,%s,%s".formatted(FreePort.next(), failing.url(), well.url()));

            // When, Then
            assertThat(registry.schemaById(7)).isPresent();
            assertThat(registry.schemaById(8)).isPresent();
            assertThat(failing.paths()).hasSize(1);
            assertThat(well.paths()).hasSize(2);
        }
    }

    @Test
    void asksForAnIdOnce() throws IOException {
        try (StubRegistry stub = new StubRegistry(FOUND)) {
            // Given
            SchemaRegistry registry = registry(stub.url());

            // When
            registry.schemaById(7);
            registry.schemaById(7);

            // Then
            assertThat(stub.paths()).hasSize(1);
        }
    }

    @Test
    void asksAgainForAnUnknownIdAfterAWhile() throws IOException {
        try (StubRegistry stub = new StubRegistry(UNKNOWN, FOUND)) {
            // Given
            SchemaRegistry remembering = registry(stub.url());
            remembering.schemaById(7);

            // When, Then
            assertThat(remembering.schemaById(7)).isEmpty();
            assertThat(stub.paths()).hasSize(1);
        }
        try (StubRegistry stub = new StubRegistry(UNKNOWN, FOUND)) {
            // Given
            SchemaRegistry forgetting = registry(stub.url(), Map.of("missing.id.cache.ttl.sec", "0"));
            forgetting.schemaById(7);

            // When, Then
            assertThat(forgetting.schemaById(7)).isPresent();
        }
    }

    @Test
    void takesASchemaThatIsNotAvroForUnknown() throws IOException {
        try (StubRegistry stub = new StubRegistry(Reply.found("syntax = 'proto3';"))) {
            assertThat(registry(stub.url()).schemaById(7)).isEmpty();
        }
    }

    @Test
    void signsRequestsWithUserAndPassword() throws IOException {
        String expected = "Basic dXNlcjpzM2NyZXQ="; // base64 of user:s3cret
        try (StubRegistry stub = new StubRegistry(FOUND)) {
            registry(
                            stub.url(),
                            Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "user:s3cret"))
                    .schemaById(7);
            registry(stub.url().replace("//", "//user:s3cret@")).schemaById(7);
            assertThat(stub.authorizations()).containsExactly(expected, expected);
        }
    }

    @Test
    void signsNothingWithoutUserAndPassword() throws IOException {
        try (StubRegistry stub = new StubRegistry(FOUND)) {
            registry(stub.url()).schemaById(7);
            assertThat(stub.authorizations()).containsExactly("null");
        }
    }

    @Test
    void showsNoPasswordInMessages() throws IOException {
        // Given
        String nobody = "http://user:s3cret@127.0.0.1:" + FreePort.next();

        // When, Then
        assertThatThrownBy(() -> impatient(nobody).schemaById(7)).hasMessageNotContaining("s3cret");
    }

    @Test
    void readsAWaitingRecordOnceTheRegistryIsBack() throws IOException {
        try (StubRegistry stub = new StubRegistry(
                FAILING,
                FAILING,
                Reply.found(AvscForm.of(UsageEvent.getClassSchema()).toString().replace("\\", "\\\\")))) {
            // Given
            AvroDeserializer<UsageEvent> deserializer = new AvroDeserializer<>(registry(stub.url()), UsageEvent.class);

            // When, Then
            assertThatThrownBy(() -> deserializer.read(new byte[] {0, 0, 0, 0, 7}))
                    .isInstanceOfSatisfying(
                            UnreadableRecord.class,
                            unreadable -> assertThat(unreadable.fault()).isEqualTo(Fault.TRUNCATED));
        }
    }

    @Test
    void stopsWaitingWhenInterrupted() throws IOException {
        try (StubRegistry stub = new StubRegistry(FAILING)) {
            // Given
            Thread.currentThread().interrupt();

            // When, Then
            assertThatThrownBy(() -> impatient(stub.url()).schemaById(7)).isInstanceOf(InterruptException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static SchemaRegistry registry(String urls) {
        return registry(urls, Map.of());
    }

    /** Waits for an answer longer than a machine ever pauses that has much else to do. */
    private static SchemaRegistry registry(String urls, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>();
        settings.put("schema.registry.url", urls);
        settings.put("schema.registry.wait.ms", "120000");
        settings.put("http.read.timeout.ms", "60000");
        settings.putAll(more);
        return SchemaRegistry.of(settings);
    }

    /** Gives up soon, where no answer comes. */
    private static SchemaRegistry impatient(String urls) {
        return registry(urls, Map.of("schema.registry.wait.ms", "1000", "http.read.timeout.ms", "200"));
    }
}
