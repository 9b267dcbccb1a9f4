package io.weir.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a registry said to a question.
 *
 * @param status 200: found; 404: there is none; 409 or 422: the schema is refused
 * @param body the JSON object that came with it
 */
record RegistryAnswer(int status, JsonNode body) {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryAnswer.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The answer in this response.
     *
     * @throws IOException if the response is no answer of a registry to this question
     */
    static RegistryAnswer to(RegistryQuestion question, HttpResponse<String> response) throws IOException {
        int status = response.statusCode();
        if (status == 200 || status == 404 || status == 409 || status == 422) {
            JsonNode body = JSON.readTree(response.body());
            if (question.isAnsweredBy(status, body)) {
                return new RegistryAnswer(status, body);
            }
        }
        throw new IOException("HTTP status %d, not as a schema registry answers".formatted(status));
    }

    boolean isFound() {
        return status == 200;
    }

    boolean isRefused() {
        return status == 409 || status == 422;
    }

    /** Why the registry refuses, in its own words. */
    String message() {
        return body.path("message").asText("HTTP status " + status);
    }

    int id() {
        return body.path("id").asInt();
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
