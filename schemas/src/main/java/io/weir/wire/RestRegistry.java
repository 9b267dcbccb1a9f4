package io.weir.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.util.Optional;
import org.apache.avro.Schema;

/** Confluent's REST API: which path asks what, and what the answers mean. */
final class RestRegistry implements SchemaRegistry {

    private final RegistryHttp http;

    RestRegistry(SerdeConfig config) {
        this.http = new RegistryHttp(config);
    }

    @Override
    public int register(String subject, Schema schema) {
        RegistryAnswer answer = http.post(subjectPath(subject) + "/versions", body(schema));
        if (!answer.isFound()) {
            throw new SchemaRefused(subject, schema.getFullName(), answer.message());
        }
        return answer.number("id");
    }

    @Override
    public int idOf(String subject, Schema schema) {
        RegistryAnswer answer = http.post(subjectPath(subject), body(schema));
        if (answer.isRefused()) {
            throw new SchemaRefused(subject, schema.getFullName(), answer.message());
        }
        return answer.isFound() ? answer.number("id") : idOfLatest(subject, schema);
    }

    /** Some registries find a schema only by the very text that was registered, which may be a file with its line breaks. */
    private int idOfLatest(String subject, Schema schema) {
        return latest(subject)
                .filter(latest -> latest.schema().equals(AvscForm.of(schema)))
                .map(RegisteredSchema::id)
                .orElseThrow(() -> new SchemaNotRegistered(subject, schema.getFullName()));
    }

    @Override
    public Optional<RegisteredSchema> latest(String subject) {
        RegistryAnswer answer = http.get(subjectPath(subject) + "/versions/latest");
        return answer.schema().map(schema -> new RegisteredSchema(answer.number("id"), schema));
    }

    @Override
    public Optional<Schema> schemaById(int id) {
        // No registry gives such ids, and not every one takes the question well.
        return id < 1 ? Optional.empty() : http.get("/schemas/ids/" + id).schema();
    }

    private static String subjectPath(String subject) {
        return "/subjects/" + URLEncoder.encode(subject, UTF_8);
    }

    private static JsonNode body(Schema schema) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("schema", AvscForm.of(schema).toString());
    }
}
