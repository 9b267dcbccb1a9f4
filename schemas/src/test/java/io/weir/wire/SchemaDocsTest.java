package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A schema explains itself: units, ranges and who writes it. */
class SchemaDocsTest {

    static List<Topic> topics() {
        return Topics.all();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void saysWhatEveryFieldIs(Topic topic) {
        // Given
        List<String> unexplained = new ArrayList<>();

        // When
        collect(topic.value(), unexplained, new HashSet<>());

        // Then
        assertThat(unexplained).isEmpty();
    }

    private static void collect(Schema schema, List<String> unexplained, Set<String> seen) {
        switch (schema.getType()) {
            case UNION -> schema.getTypes().forEach(branch -> collect(branch, unexplained, seen));
            case ARRAY -> collect(schema.getElementType(), unexplained, seen);
            case RECORD -> {
                if (seen.add(schema.getFullName())) {
                    explain(schema.getFullName(), schema.getDoc(), unexplained);
                    for (Schema.Field field : schema.getFields()) {
                        explain(schema.getName() + "." + field.name(), field.doc(), unexplained);
                        collect(field.schema(), unexplained, seen);
                    }
                }
            }
            default -> {}
        }
    }

    private static void explain(String name, String doc, List<String> unexplained) {
        if (doc == null || doc.isBlank()) {
            unexplained.add(name);
        }
    }
}
