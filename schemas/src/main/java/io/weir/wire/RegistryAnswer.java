package io.weir.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a registry said. Only what its API defines counts as an answer: found, unknown, or refused. A proxy's error page, a wrong
 * path or a failing server says nothing about a schema.
 *
 * @param status HTTP status: 200, 404, 409 or 422
 * @param body the JSON object that came with it
 */
record RegistryAnswer(int status, JsonNode body) {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryAnswer.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Unknown subject, version, schema. */
    private static final Set<Integer> UNKNOWN = Set.of(40401, 40402, 40403);

    /** @throws IOException if the response is no answer of a registry */
    static RegistryAnswer of(HttpResponse<String> response) throws IOException {
        int status = response.statusCode();
        if (status != 200 && status != 404 && status != 409 && status != 422) {
            throw new IOException("HTTP status " + status);
        }
        RegistryAnswer answer = new RegistryAnswer(status, JSON.readTree(response.body()));
        if (status == 404 && !UNKNOWN.contains(answer.body.path("error_code").asInt())) {
            throw new IOException("HTTP status 404 without an error code of a schema registry: is the path right?");
        }
        return answer;
    }

    boolean isFound() {
        return status == 200;
    }

    boolean isRefused() {
        return status == 409 || status == 422;
    }

    String message() {
        return body.path("message").asText("status " + status);
    }

    int number(String field) {
        return body.path(field).asInt();
    }

    /** The schema that was found; empty if there is none, or one that is not Avro. */
    Optional<Schema> schema() {
        if (!isFound()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Schema.Parser().parse(body.path("schema").asText()));
        } catch (AvroRuntimeException notAvro) {
            LOG.warn("the registry's schema is not an Avro schema that can be read: {}", notAvro.getMessage());
            return Optional.empty();
        }
    }
}
