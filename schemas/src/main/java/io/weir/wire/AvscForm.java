package io.weir.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * A schema as its .avsc file says it. The generated classes carry a property of their own in every string, {@code
 * avro.java.string}; registered with it, the schema would not be the one that is found by registering the file.
 */
final class AvscForm {

    private static final ObjectMapper JSON = new ObjectMapper();

    private AvscForm() {}

    static Schema of(Schema schema) {
        try {
            JsonNode tree = JSON.readTree(schema.toString());
            strip(tree);
            return new Schema.Parser().parse(tree.toString());
        } catch (IOException impossible) {
            throw new UncheckedIOException(schema.getFullName() + " does not print as JSON", impossible);
        }
    }

    private static void strip(JsonNode tree) {
        if (tree instanceof ObjectNode node) {
            node.remove(GenericData.STRING_PROP);
        }
        tree.forEach(AvscForm::strip);
    }
}
