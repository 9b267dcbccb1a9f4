package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.billing.BillLine;
import io.weir.usage.MeteringProgress;
import io.weir.usage.UsageEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RealRegistryTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SchemaRegistry registry =
            SchemaRegistry.of(EmbeddedRegistry.shared().settings());

    static List<Topic> topics() {
        return Topics.all();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void keepsEverySchemaAsItsFileSaysIt(Topic topic) throws Exception {
        // When
        int id = registry.register("every-" + topic.valueSubject(), topic.value());

        // Then
        assertThat(registry.schemaById(id)).contains(AvscForm.of(topic.value()));
        assertThat(registry.idOf("every-" + topic.valueSubject(), topic.value()))
                .isEqualTo(id);
        assertThat(registry.latest("every-" + topic.valueSubject()))
                .map(RegisteredSchema::id)
                .contains(id);
        assertThat(textOf(id)).doesNotContain("avro.java.string");
    }

    @Test
    void findsASchemaThatWasRegisteredFromItsFile() throws Exception {
        // Given
        String file = Files.readString(Path.of("src/main/avro/UsageEvent.avsc"));
        int id = JSON.readTree(
                        post("/subjects/from-file-value/versions", JSON.writeValueAsString(Map.of("schema", file))))
                .path("id")
                .asInt();

        // When, Then
        assertThat(registry.idOf("from-file-value", UsageEvent.getClassSchema()))
                .isEqualTo(id);
    }

    @Test
    void givesOneSchemaOneId() {
        int first = registry.register("one-value", BillLine.getClassSchema());
        assertThat(registry.register("one-value", BillLine.getClassSchema())).isEqualTo(first);
        assertThat(registry.register("two-value", BillLine.getClassSchema())).isEqualTo(first);
    }

    @Test
    void refusesAnIncompatibleSchema() {
        // Given
        registry.register("strict-value", MeteringProgress.getClassSchema());
        Schema withoutDefault = new Schema.Parser()
                .parse(MeteringProgress.getClassSchema()
                        .toString()
                        .replace("\"name\":\"partition\"", "\"name\":\"number\""));

        // When, Then
        assertThatThrownBy(() -> registry.register("strict-value", withoutDefault))
                .isInstanceOf(SchemaRefused.class)
                .hasMessageContaining("strict-value")
                .hasMessageContaining("io.weir.usage.MeteringProgress")
                .hasMessageContaining("ncompatible");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1_000_000, Integer.MAX_VALUE})
    void knowsThatAnIdIsUnknown(int id) {
        assertThat(registry.schemaById(id)).isEmpty();
    }

    @Test
    void knowsThatASubjectIsUnknown() {
        assertThat(registry.latest("nobody's-value")).isEmpty();
        assertThatThrownBy(() -> registry.idOf("nobody's-value", UsageEvent.getClassSchema()))
                .isInstanceOf(SchemaNotRegistered.class)
                .hasMessageContaining("nobody's-value");
    }

    @Test
    void knowsThatASchemaIsUnknownUnderASubject() {
        registry.register("known-value", MeteringProgress.getClassSchema());
        assertThatThrownBy(() -> registry.idOf("known-value", UsageEvent.getClassSchema()))
                .isInstanceOf(SchemaNotRegistered.class);
    }

    private static String textOf(int id) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri("/schemas/ids/" + id)).build());
    }

    private static String post(String path, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private static URI uri(String path) {
        return URI.create(EmbeddedRegistry.shared().url() + path);
    }

    private static String send(HttpRequest request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
