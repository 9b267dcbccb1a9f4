package io.weir.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/** Confluent's REST API: which path asks what, and what the answers mean. */
final class RestRegistry implements SchemaRegistry {

    private static final int UNKNOWN_SUBJECT = 40401;
    private static final int UNKNOWN_VERSION = 40402;
    private static final int UNKNOWN_SCHEMA = 40403;

    private final RegistryHttp http;

    RestRegistry(SerdeConfig config) {
        this.http = new RegistryHttp(config);
    }

    @Override
    public int register(String subject, Schema schema) {
        String path = subjectPath(subject) + "/versions";
        RegistryAnswer answer = http.ask(new RegistryQuestion(path, body(schema), "id", Set.of()));
        if (answer.isRefused()) {
            throw new SchemaRefused(subject, schema.getFullName(), answer.message());
        }
        return answer.id();
    }

    @Override
    public int idOf(String subject, Schema schema) {
        Set<Integer> unknown = Set.of(UNKNOWN_SUBJECT, UNKNOWN_SCHEMA);
        RegistryAnswer answer = http.ask(new RegistryQuestion(subjectPath(subject), body(schema), "id", unknown));
        if (answer.isRefused()) {
            throw new SchemaRefused(subject, schema.getFullName(), answer.message());
        }
        return answer.isFound() ? answer.id() : idOfLatest(subject, schema);
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
        String path = subjectPath(subject) + "/versions/latest";
        Set<Integer> unknown = Set.of(UNKNOWN_SUBJECT, UNKNOWN_VERSION);
        RegistryAnswer answer = http.ask(new RegistryQuestion(path, null, "schema", unknown));
        return answer.schema().map(schema -> new RegisteredSchema(answer.id(), schema));
    }

    @Override
    public Optional<Schema> schemaById(int id) {
        if (id < 1) {
            // No registry gives such ids, and not every one takes the question well.
            return Optional.empty();
        }
        return http.ask(new RegistryQuestion("/schemas/ids/" + id, null, "schema", Set.of(UNKNOWN_SCHEMA)))
                .schema();
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
