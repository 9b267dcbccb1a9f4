package io.weir.feecenter.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mistake in a description of the API does not pass: by the rules of OpenAPI, and of JSON Schema for the schemas in it. */
class OpenApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            /info,                                   title,      1
            /paths/~1api~1v1~1account/get,           respones,   {}
            /paths/~1api~1v1~1account/get/responses, 2000,       {"description": "no status"}
            /components/parameters/limit,            in,         "body"
            /components/securitySchemes/token,       type,       "password"
            /components/schemas/Account,             type,       "record"
            /components/schemas/Account,             required,   "account_id"
            /components/schemas/Account/properties,  account_id, `{"type": "string", "maxLength": -1}`
            """)
    void aMistakeIsFoundWhereItIs(String place, String member, String wrong) throws IOException {
        // Given
        JsonNode description = JSON.readTree(OpenApiTest.class.getResourceAsStream("openapi.json"));
        ((ObjectNode) description.at(place)).set(member, JSON.readTree(wrong));

        // When, then
        assertThat(TestOpenApi.mistakes(description))
                .anySatisfy(mistake -> assertThat(mistake).startsWith(place));
    }
}
