package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/**
 * The fields in CONTRACTS.md are those of the schemas. With {@code -Dweir.contracts.write=true} this test writes them anew instead:
 * {@code mvn -pl schemas test -Dtest=ContractsTest -Dweir.contracts.write=true}.
 */
class ContractsTest {

    private static final Path PAGE = Path.of("CONTRACTS.md");
    private static final String BEGIN = "<!-- fields: written by ContractsTest -->\n";
    private static final String END = "<!-- end of fields -->\n";

    private static final List<Topic> CONTRACTS = List.of(
            Topics.BILL_LINES,
            Topics.HELD_LINES,
            Topics.METERING_PROGRESS,
            Topics.METERED_USAGE,
            Topics.USAGE_GAPS,
            Topics.REJECTED_USAGE);

    @Test
    void thePageNamesEveryFieldAsItsSchemaDoes() throws IOException {
        // Given
        String page = Files.readString(PAGE);
        String written =
                page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + fields() + page.substring(page.indexOf(END));

        // When
        if (Boolean.getBoolean("weir.contracts.write")) {
            Files.writeString(PAGE, written);
        }

        // Then
        assertThat(Files.readString(PAGE))
                .as("CONTRACTS.md is older than the schemas; write its fields anew:"
                        + " mvn -pl schemas test -Dtest=ContractsTest -Dweir.contracts.write=true")
                .isEqualTo(written);
    }

    private static String fields() {
        Set<String> seen = new HashSet<>();
        return CONTRACTS.stream().map(topic -> section(topic, seen)).collect(Collectors.joining());
    }

    private static String section(Topic topic, Set<String> seen) {
        return "\n### %s on `%s`\n\nSubject `%s`, key: %s.\n%s"
                .formatted(
                        topic.value().getName(),
                        topic.name(),
                        topic.valueSubject(),
                        topic.key(),
                        table(topic.value(), seen));
    }

    /** A record's table, and behind it those of the records within it. */
    private static String table(Schema schema, Set<String> seen) {
        if (!seen.add(schema.getFullName())) {
            return "";
        }
        StringBuilder text = new StringBuilder("\n**" + schema.getName() + "**: " + schema.getDoc() + "\n\n");
        text.append("| field | type | meaning |\n|---|---|---|\n");
        for (Schema.Field field : schema.getFields()) {
            text.append("| `%s` | %s | %s |\n".formatted(field.name(), type(field.schema()), field.doc()));
        }
        schema.getFields().forEach(field -> text.append(within(field.schema(), seen)));
        return text.toString();
    }

    private static String within(Schema schema, Set<String> seen) {
        return switch (schema.getType()) {
            case RECORD -> table(schema, seen);
            case ARRAY -> within(schema.getElementType(), seen);
            case UNION ->
                schema.getTypes().stream().map(type -> within(type, seen)).collect(Collectors.joining());
            default -> "";
        };
    }

    private static String type(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        if (logical != null) {
            return logical.getName();
        }
        return switch (schema.getType()) {
            case RECORD -> schema.getName();
            case ENUM ->
                schema.getEnumSymbols().stream()
                        .map(symbol -> "`" + symbol + "`")
                        .collect(Collectors.joining(", "));
            case ARRAY -> "list of " + type(schema.getElementType());
            case UNION -> schema.getTypes().stream().map(ContractsTest::type).collect(Collectors.joining(" or "));
            default -> Objects.requireNonNull(schema.getType().getName());
        };
    }
}
