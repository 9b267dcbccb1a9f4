package io.weir.feecenter.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The description of the API as a server gives it out, and what it says about answers. */
final class TestDescription {

    private static final String ADDRESS = "https://weir.example/openapi.json";

    private final JsonNode document;
    private final SchemaRegistry schemas;

    /** Reads it as anybody may. */
    TestDescription(TestProgram program) {
        HttpResponse<String> answer = program.get("/openapi.json");
        this.document = TestProgram.json(answer);
        this.schemas = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                registry -> registry.schemas(Map.of(ADDRESS, answer.body()))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
    }

    JsonNode document() {
        return document;
    }

    /** A path and a method. */
    record Operation(String path, String method, JsonNode says) {

        boolean hasParameter(String name) {
            return StreamSupport.stream(says.path("parameters").spliterator(), false)
                    .anyMatch(parameter -> parameter.path("$ref").asText().endsWith("/" + name));
        }

        boolean hasBody() {
            return says.has("requestBody");
        }

        List<String> scopes() {
            return texts(says.at("/security/0/token"));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    List<Operation> operations() {
        return document.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .map(operation -> new Operation(
                                path.getKey(), operation.getKey().toUpperCase(Locale.ROOT), operation.getValue())))
                .toList();
    }

    /** The names of an operation's parameters in its query. */
    List<String> queryParameters(Operation operation) {
        return StreamSupport.stream(operation.says().path("parameters").spliterator(), false)
                .map(parameter -> resolve(parameter.path("$ref").asText()))
                .filter(parameter -> parameter.path("in").asText().equals("query"))
                .map(parameter -> parameter.path("name").asText())
                .toList();
    }

    /** What in an answer is not as the description says; empty if it is. */
    List<String> violations(Operation operation, HttpResponse<String> answer) {
        JsonNode described = resolved(operation.says().path("responses").path(Integer.toString(answer.statusCode())));
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (described.isMissingNode()) {
            return List.of("status %d is not described: %s".formatted(answer.statusCode(), answer.body()));
        }
        JsonNode content = described.path("content");
        if (content.isMissingNode()) {
            return answer.body().isEmpty() ? List.of() : List.of("a body that is not described: " + answer.body());
        }
        JsonNode schema = content.path(type.split(";", -1)[0]).path("schema");
        return schema.isMissingNode()
                ? List.of("type [%s] is not described".formatted(type))
                : Stream.concat(missingHeaders(described, answer), violations(schema, answer))
                        .toList();
    }

    private static Stream<String> missingHeaders(JsonNode described, HttpResponse<String> answer) {
        return described.path("headers").properties().stream()
                .map(Map.Entry::getKey)
                .filter(header -> answer.headers().firstValue(header).isEmpty())
                .map(header -> "header %s is missing".formatted(header));
    }

    private Stream<String> violations(JsonNode schema, HttpResponse<String> answer) {
        Schema described = schemas.getSchema(
                SchemaLocation.of(ADDRESS + schema.path("$ref").asText()));
        return described.validate(TestProgram.json(answer)).stream().map(Error::toString);
    }

    /** What a request's body may be, by its example. */
    String exampleBody(Operation operation) {
        JsonNode schema = resolve(operation
                .says()
                .at("/requestBody/content/application~1json/schema/$ref")
                .asText());
        Map<String, String> body = new TreeMap<>();
        schema.path("properties")
                .properties()
                .forEach(member -> body.put(
                        member.getKey(), member.getValue().at("/examples/0").asText()));
        return Json.text(body);
    }

    private JsonNode resolved(JsonNode described) {
        return described.has("$ref") ? resolve(described.path("$ref").asText()) : described;
    }

    /** What a reference of the document points to. */
    JsonNode resolve(String reference) {
        return document.at(reference.substring(1));
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
