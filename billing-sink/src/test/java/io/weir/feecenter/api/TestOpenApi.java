package io.weir.feecenter.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.List;

/** What a description of an API may be: OpenAPI 3.1, with schemas of JSON Schema 2020-12, the dialect that ours names. */
final class TestOpenApi {

    private static final String OPENAPI = "https://spec.openapis.org/oas/3.1/schema/2026-08-03";

    /** OpenAPI's schema leaves a place for the dialect of the schemas within, under this dynamic anchor. */
    private static final String WITH_DIALECT = """
            {
              "$id": "https://weir.example/openapi-with-dialect",
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "$ref": "%s",
              "$defs": {
                "schema": {"$dynamicAnchor": "meta", "$ref": "https://json-schema.org/draft/2020-12/schema"}
              }
            }
            """.formatted(OPENAPI);

    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    registry -> registry.schemaIdResolvers(
                                    mapped -> mapped.mapPrefix(OPENAPI, "classpath:/schemas/openapi-3.1.json"))
                            .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                    .formatAssertionsEnabled(true)
                                    .build()))
            .getSchema(WITH_DIALECT);

    private TestOpenApi() {}

    /** What is wrong in a description, each with its place in it; empty if nothing is. */
    static List<String> mistakes(JsonNode description) {
        return SCHEMA.validate(description).stream().map(Error::toString).toList();
    }
}
