package io.weir.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request to the registry, and by what its answer is known.
 *
 * @param path below the base URL, with its leading slash
 * @param schema what is sent; null if nothing is
 * @param answer the field that an answer with status 200 bears
 * @param unknown the registry's error codes that mean: there is none
 */
record RegistryQuestion(String path, @Nullable JsonNode schema, String answer, Set<Integer> unknown) {

    /** Whether a registry answers so; a proxy's page, a wrong path and a failing server say nothing about a schema. */
    boolean isAnsweredBy(int status, JsonNode body) {
        return switch (status) {
            case 200 -> body.has(answer);
            case 404 -> unknown.contains(body.path("error_code").asInt());
            case 409, 422 -> schema != null;
            default -> false;
        };
    }
}
