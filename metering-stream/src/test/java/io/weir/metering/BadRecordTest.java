package io.weir.metering;

import static io.weir.metering.SmallWorld.WORKSPACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.BindingChange;
import io.weir.billing.ControlRecord;
import io.weir.usage.Reading;
import io.weir.usage.Reason;
import io.weir.usage.RejectedUsage;
import io.weir.usage.UsageEvent;
import io.weir.wire.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records that cannot be read, or whose fields are not as they must be (rules.md §3, checks 1 to 7). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRecordTest {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final int HEADER_BYTES = 5;

    private Neighbours neighbours;

    @BeforeAll
    void begin(@TempDir Path state) {
        neighbours = new Neighbours(state);
    }

    @AfterAll
    void end() {
        neighbours.close();
    }

    @ParameterizedTest
    @MethodSource({"encodings", "fields"})
    void aRecordHasItsOutcomeAndTheLineGoesOn(BadInput input) {
        // When
        String outcome = input.arrival().apply(neighbours);

        // Then
        assertThat(outcome).isEqualTo(input.outcome());
        neighbours.assertTheLineGoesOn();
    }

    static Stream<BadInput> encodings() {
        return Stream.of(
                bytes("no value and no key", null, null, "HEARTBEAT"),
                bytes("no value under a workspace's key, as a tenant may forge", WORKSPACE, null, "HEARTBEAT"),
                bytes("an empty value", WORKSPACE, new byte[0], "REJECTED MALFORMED"),
                bytes("random bytes", WORKSPACE, random(300), "REJECTED MALFORMED"),
                bytes("an id that the registry does not know", WORKSPACE, header(987_654), "REJECTED MALFORMED"),
                value("the schema id of a control record", BadRecordTest::binding, "REJECTED MALFORMED"),
                value("a truncated event", to -> shortened(good(to)), "REJECTED MALFORMED"),
                value("bytes behind the event", to -> lengthened(good(to), 1), "REJECTED MALFORMED"),
                value("a text of 2^31 - 1 bytes in 20 bytes", BadRecordTest::hugeText, "REJECTED MALFORMED"),
                value("1 MiB and one byte", to -> lengthenedTo(good(to), MEBIBYTE + 1), "REJECTED MALFORMED"),
                value("an older schema without an optional field", BadRecordTest::older, "ACCEPTED"),
                value("a newer schema with another field", BadRecordTest::newer, "ACCEPTED"));
    }

    static Stream<BadInput> fields() {
        return Stream.of(
                new BadInput("no key", to -> to.outcomeOf(null, to.event().build()), "REJECTED KEY_MISMATCH"),
                new BadInput(
                        "the key of another workspace",
                        to -> to.outcomeOf("wksp_2", to.event().build()),
                        "REJECTED KEY_MISMATCH"),
                field("no event id", event -> event.setSequence(null).setEventId(""), "REJECTED BAD_FIELD"),
                field("no event id beside a sequence", event -> event.setEventId(""), "REJECTED BAD_FIELD"),
                field("an event id of 10 KB", event -> event.setEventId("x".repeat(10_240)), "REJECTED BAD_FIELD"),
                field(
                        "an event id with NUL, newline, emoji and right-to-left marks",
                        event -> event.setEventId("a\0\n\ud83d\ude42\u202e"),
                        "REJECTED BAD_FIELD"),
                field("SQL in an id", event -> event.setSource("'; DROP TABLE line;--"), "REJECTED BAD_FIELD"),
                field("a backslash in an id", event -> event.setSource("a\\b"), "REJECTED BAD_FIELD"),
                field("a percent sign in an id", event -> event.setResource("%"), "REJECTED BAD_FIELD"),
                field("a resource with a space", event -> event.setResource("a b"), "REJECTED BAD_FIELD"),
                field("an empty resource", event -> event.setResource(""), "ACCEPTED"),
                field("a negative sequence", event -> event.setSequence(-1L), "REJECTED BAD_FIELD"),
                field("the largest sequence there is", event -> event.setSequence(Long.MAX_VALUE), "ACCEPTED"),
                field("no readings", event -> event.setReadings(List.of()), "REJECTED BAD_FIELD"),
                field("64 readings", event -> event.setReadings(readings(64)), "ACCEPTED"),
                field("65 readings", event -> event.setReadings(readings(65)), "REJECTED BAD_FIELD"),
                field(
                        "a meter twice",
                        event -> event.setReadings(List.of(reading("log_records"), reading("log_records"))),
                        "REJECTED BAD_FIELD"),
                field("an unknown workspace", event -> event.setWorkspaceId("wksp_9"), "REJECTED UNKNOWN_WORKSPACE"),
                field(
                        "an unknown meter alone",
                        event -> event.setReadings(List.of(reading("bytes"))),
                        "REJECTED UNKNOWN_METER"),
                field(
                        "an unknown meter beside a good one",
                        event -> event.setReadings(List.of(reading("log_records"), reading("bytes"))),
                        "REJECTED UNKNOWN_METER"),
                field(
                        "an event that fails two checks",
                        event -> event.setWorkspaceId("wksp_9").setSequence(-1L),
                        "REJECTED BAD_FIELD"));
    }

    @Test
    void manyAndLongHeadersAreIgnored() {
        // Given
        Headers headers = new RecordHeaders();
        IntStream.range(0, 200).forEach(each -> headers.add("header-" + each, new byte[2_560]));
        byte[] good = good(neighbours);

        // When
        neighbours.world.line.arrive(neighbours.now(), WORKSPACE, good, headers);
        neighbours.world.line.arrive(neighbours.now(), "wksp_2", good, headers);

        // Then
        assertThat(neighbours.world.line.rejected())
                .filteredOn(rejected -> rejected.getReason() == Reason.KEY_MISMATCH)
                .last()
                .extracting(RejectedUsage::getOriginalValue)
                .isEqualTo(ByteBuffer.wrap(good));
        neighbours.assertTheLineGoesOn();
    }

    private static BadInput bytes(String what, @Nullable String key, byte @Nullable [] value, String outcome) {
        return new BadInput(what, to -> to.outcomeOf(to.now(), key, value), outcome);
    }

    private interface Value {
        byte[] of(Neighbours neighbours);
    }

    private static BadInput value(String what, Value value, String outcome) {
        return new BadInput(what, to -> to.outcomeOf(to.now(), WORKSPACE, value.of(to)), outcome);
    }

    private interface Field {
        UsageEvent.Builder set(UsageEvent.Builder event);
    }

    private static BadInput field(String what, Field field, String outcome) {
        return new BadInput(what, to -> to.outcomeOf(field.set(to.event()).build()), outcome);
    }

    private static byte[] good(Neighbours neighbours) {
        return neighbours.world.line.written(
                Topics.USAGE_EVENTS, neighbours.event().build());
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        bytes[0] = 1;
        return bytes;
    }

    private static byte[] shortened(byte[] value) {
        return Arrays.copyOf(value, value.length - 1);
    }

    private static byte[] lengthened(byte[] value, int by) {
        return lengthenedTo(value, value.length + by);
    }

    private static byte[] lengthenedTo(byte[] value, int length) {
        return Arrays.copyOf(value, length);
    }

    private static byte[] header(int schemaId) {
        return ByteBuffer.allocate(20).put((byte) 0).putInt(schemaId).array();
    }

    private static byte[] binding(Neighbours neighbours) {
        ControlRecord record = new ControlRecord(new BindingChange(WORKSPACE, "acct_1", neighbours.now(), 7L));
        return neighbours.world.line.written(Topics.CONTROL, record);
    }

    private static byte[] hugeText(Neighbours neighbours) {
        byte[] value = header(neighbours.world.line.schemaId(UsageEvent.getClassSchema()));
        byte[] length = {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f}; // 2^31 - 1, zigzag
        System.arraycopy(length, 0, value, HEADER_BYTES, length.length);
        return value;
    }

    private static List<Reading> readings(int number) {
        return IntStream.range(0, number)
                .mapToObj(each -> reading("meter_" + each))
                .toList();
    }

    private static Reading reading(String meter) {
        return new Reading(meter, 1L);
    }

    private static byte[] older(Neighbours neighbours) {
        List<Schema.Field> fields = new ArrayList<>(copiesOfFields());
        fields.removeIf(field -> field.name().equals("resource"));
        return written(neighbours, fields);
    }

    private static byte[] newer(Neighbours neighbours) {
        List<Schema.Field> fields = new ArrayList<>(copiesOfFields());
        fields.add(new Schema.Field("region", Schema.create(Schema.Type.STRING), "new", ""));
        return written(neighbours, fields);
    }

    private static List<Schema.Field> copiesOfFields() {
        return UsageEvent.getClassSchema().getFields().stream()
                .map(field -> new Schema.Field(field, field.schema()))
                .toList();
    }

    /** A good event as a producer with other fields writes it. */
    private static byte[] written(Neighbours neighbours, List<Schema.Field> fields) {
        Schema schema = Schema.createRecord("UsageEvent", "", "io.weir.usage", false, fields);
        UsageEvent event = neighbours.event().build();
        GenericData.Record record = new GenericData.Record(schema);
        Schema reading =
                UsageEvent.getClassSchema().getField("readings").schema().getElementType();
        GenericData.Record one = new GenericData.Record(reading);
        one.put("meter", "log_records");
        one.put("quantity", 1L);
        record.put("workspace_id", event.getWorkspaceId());
        record.put("source", event.getSource());
        record.put("sequence", event.getSequence());
        record.put("event_id", event.getEventId());
        record.put("occurred_at", event.getOccurredAt().toEpochMilli());
        record.put("readings", List.of(one));
        fields.stream()
                .filter(field -> field.schema().getType() == Schema.Type.STRING && record.get(field.name()) == null)
                .forEach(field -> record.put(field.name(), "new"));
        return withHeader(neighbours.world.line.schemaId(schema), body(schema, record));
    }

    private static byte[] body(Schema schema, GenericData.Record record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            new GenericDatumWriter<GenericData.Record>(schema)
                    .write(record, EncoderFactory.get().directBinaryEncoder(bytes, null));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }

    private static byte[] withHeader(int schemaId, byte[] body) {
        byte[] value = Arrays.copyOf(header(schemaId), HEADER_BYTES + body.length);
        System.arraycopy(body, 0, value, HEADER_BYTES, body.length);
        return value;
    }
}
