package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every version of a schema reads every other, and takes its values for what they were. */
class SchemaContractTest {

    private static final Path RELEASED = Path.of("src/test/resources/released");

    static List<Topic> topics() {
        return Topics.all();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void whatWasReleasedIsKept(Topic topic) throws IOException {
        // Given
        List<Path> released = released(topic.value().getName());

        // When, Then
        assertThat(released)
                .as("copies of %s below %s", topic.value().getName(), RELEASED)
                .isNotEmpty();
        for (Path version : released) {
            assertThat(SchemaContract.violations(parse(Files.readString(version)), AvscForm.of(topic.value())))
                    .as("what is on the topics was written as %s says", version)
                    .isEmpty();
        }
    }

    private static List<Path> released(String name) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> versions = Files.list(RELEASED)) {
            versions.sorted()
                    .map(version -> version.resolve(name + ".avsc"))
                    .filter(Files::exists)
                    .forEach(found::add);
        }
        return found;
    }

    @Test
    void aChangedScaleIsRefusedThoughAvroLetsItPass() {
        // Given
        Schema released = record("{'type':'bytes','logicalType':'decimal','precision':28,'scale':9}");
        Schema newer = record("{'type':'bytes','logicalType':'decimal','precision':28,'scale':6}");

        // When, Then
        assertThat(SchemaContract.isCompatibleToAvro(released, newer)).isTrue();
        assertThat(SchemaContract.violations(released, newer)).containsExactly("Line.amount: scale was 9 and is 6");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'type':'bytes','logicalType':'decimal','precision':28,'scale':9}"
                        + "|{'type':'bytes','logicalType':'decimal','precision':18,'scale':9}|precision was 28 and is 18",
                "{'type':'bytes','logicalType':'decimal','precision':28,'scale':9}|'bytes'|logicalType was decimal and is null",
                "{'type':'long','logicalType':'timestamp-millis'}|'long'|logicalType was timestamp-millis and is null",
                "{'type':'long','logicalType':'timestamp-millis'}"
                        + "|{'type':'long','logicalType':'timestamp-micros'}|logicalType was timestamp-millis and is timestamp-micros",
                "['null',{'type':'int','logicalType':'date'}]|['null','int']|logicalType was date and is null",
                "{'type':'array','items':{'type':'int','logicalType':'date'}}|{'type':'array','items':'int'}|logicalType was date",
                "'string'|'bytes'|type was STRING and is BYTES",
                "{'type':'fixed','name':'Id','size':16}|{'type':'fixed','name':'Id16','size':16}|name was Id and is Id16",
            })
    void anotherMeaningOfAFieldIsRefused(String released, String newer, String violation) {
        assertThat(SchemaContract.violations(record(released), record(newer)))
                .anySatisfy(found -> assertThat(found).contains("Line.amount").contains(violation));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'type':'enum','name':'Kind','symbols':['A','B']}|{'type':'enum','name':'Kind','symbols':['A']}|symbol B is gone",
                "{'type':'enum','name':'Kind','symbols':['A']}|{'type':'enum','name':'Kind','symbols':['A','B']}|cannot be read",
                "['null','string']|['null','string','long']|cannot be read",
                "['null','string']|'string'|cannot read what was written",
                "'int'|'long'|cannot be read",
                "'long'|'int'|cannot read what was written",
                "{'type':'record','name':'Price','fields':[]}|{'type':'record','name':'Cost','fields':[]}|name was Price and is Cost",
                "{'type':'record','name':'a.Price','fields':[]}|{'type':'record','name':'b.Price','fields':[]}|name was a.Price",
            })
    void aTypeThatOneSideCannotReadIsRefused(String released, String newer, String violation) {
        assertThat(SchemaContract.violations(record(released), record(newer)))
                .anySatisfy(found -> assertThat(found).contains(violation));
    }

    @Test
    void anotherDefaultIsRefused() {
        // Given a field that an older writer leaves out
        Schema released = withField("{'name':'limit','type':'long','default':10}");
        Schema newer = withField("{'name':'limit','type':'long','default':100}");

        // When, Then
        assertThat(SchemaContract.isCompatibleToAvro(released, newer)).isTrue();
        assertThat(SchemaContract.violations(released, newer)).containsExactly("Line.limit: default was 10 and is 100");
    }

    @Test
    void anAddedFieldNeedsADefault() {
        // Given
        Schema released = withField("{'name':'day','type':'int'}");
        Schema without = withField("{'name':'day','type':'int'},{'name':'site','type':'string'}");
        Schema with =
                withField("{'name':'day','type':'int','doc':'A day.'},{'name':'site','type':'string','default':''}");

        // When, Then
        assertThat(SchemaContract.violations(released, without))
                .singleElement()
                .asString()
                .contains("cannot read what was written", "site");
        assertThat(SchemaContract.violations(released, with)).isEmpty();
    }

    private static Schema record(String type) {
        return withField("{'name':'amount','type':" + type + "}");
    }

    private static Schema withField(String fields) {
        return parse("{'type':'record','name':'Line','fields':[%s]}"
                .formatted(fields)
                .replace('\'', '"'));
    }

    private static Schema parse(String text) {
        return new Schema.Parser().parse(text);
    }
}
