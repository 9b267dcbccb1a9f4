package io.weir.metering.intake;

import static io.weir.metering.intake.Outcome.ACCEPTED;
import static io.weir.metering.intake.Outcome.REJECTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.ControlRecord;
import io.weir.usage.Reading;
import io.weir.usage.Reason;
import io.weir.usage.UsageEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Check 2: is the value a readable UsageEvent? (rules.md §3) */
class UsageReaderTest {

    private static final Instant TEN = Instant.parse("2026-03-02T10:00:00Z");
    private static final Schema OWN = UsageEvent.getClassSchema();
    private static final int HEADER_BYTES = 5;

    private final MemoryJudge judge = new MemoryJudge();
    private final byte[] event = judge.written(
            new UsageEvent(MemoryJudge.WORKSPACE, "source", 1L, "id", TEN, "index", List.of(new Reading("spans", 3L))));

    @Test
    void readsWhatThisReleaseWrites() {
        assertThat(judgeBytes(event)).isEqualTo(ACCEPTED);
    }

    @Test
    void anEmptyValueIsMalformed() {
        assertMalformed(new byte[0], "the value does not begin with the magic byte 0 and a schema id");
    }

    @Test
    void aValueWithoutTheMagicByteIsMalformed() {
        // Given
        event[0] = 1;

        // When / Then
        assertMalformed(event, "the value does not begin with the magic byte 0 and a schema id");
    }

    @ParameterizedTest
    @ValueSource(ints = {99_999, -1, 0})
    void aSchemaThatTheRegistryDoesNotKnowIsMalformed(int id) {
        // Given
        ByteBuffer.wrap(event).putInt(1, id);

        // When / Then
        assertMalformed(event, "the registry knows no schema " + id);
    }

    @Test
    void aRecordOfAnotherKindIsMalformed() {
        // Given
        int id = judge.idOf("fee-center.control-value", ControlRecord.getClassSchema());
        ByteBuffer.wrap(event).putInt(1, id);

        // When / Then
        assertMalformed(event, "schema " + id + " is a io.weir.billing.ControlRecord and not a UsageEvent");
    }

    @Test
    void everyTruncationIsMalformed() {
        for (int length = 0; length < event.length; length++) {
            assertThat(judgeBytes(Arrays.copyOf(event, length)))
                    .as("%s bytes", length)
                    .isEqualTo(REJECTED);
            assertThat(judge.rejection().reason()).isEqualTo(Reason.MALFORMED);
        }
    }

    @Test
    void trailingBytesAreMalformed() {
        assertMalformed(Arrays.copyOf(event, event.length + 2), "2 bytes after the end of the event");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 100, Integer.MAX_VALUE, Integer.MAX_VALUE - 8, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE})
    void aTextThatClaimsMoreThanIsThereIsMalformed(long length) throws IOException {
        // Given
        byte[] claim = withHeader(ownId(), numbers(length, 0, 0));

        // When / Then
        assertThat(judgeBytes(claim)).isEqualTo(REJECTED);
        assertThat(judge.rejection().reason()).isEqualTo(Reason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 100, Integer.MAX_VALUE, Integer.MAX_VALUE - 8, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE})
    void anArrayThatClaimsMoreThanIsThereIsMalformed(long count) throws IOException {
        // Given
        byte[] claim = withHeader(ownId(), numbers(0, 0, 0, 0, 0, 0, count, 0, 0));

        // When / Then
        assertThat(judgeBytes(claim)).isEqualTo(REJECTED);
        assertThat(judge.rejection().reason()).isEqualTo(Reason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 100, Integer.MAX_VALUE, Integer.MAX_VALUE - 8, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE})
    void aTextOfAnOlderProducerThatClaimsMoreThanIsThereIsMalformed(long length) throws IOException {
        // Given
        byte[] claim = withHeader(judge.idOf("usage-events-value", without("resource")), numbers(length, 0, 0));

        // When / Then
        assertThat(judgeBytes(claim)).isEqualTo(REJECTED);
        assertThat(judge.rejection().reason()).isEqualTo(Reason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 100, Integer.MAX_VALUE, Integer.MAX_VALUE - 8, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE})
    void anArrayOfAnOlderProducerThatClaimsMoreThanIsThereIsMalformed(long count) throws IOException {
        // Given
        byte[] claim =
                withHeader(judge.idOf("usage-events-value", without("resource")), numbers(0, 0, 0, 0, 0, count, 0, 0));

        // When / Then
        assertThat(judgeBytes(claim)).isEqualTo(REJECTED);
        assertThat(judge.rejection().reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void aBranchThatTheUnionLacksIsMalformed() throws IOException {
        assertMalformed(withHeader(ownId(), numbers(0, 0, 2, 0, 0, 0, 0)), "branch 2 of the union [null, long]");
    }

    @Test
    void aNumberOfMoreThan10BytesIsMalformed() {
        // Given
        byte[] endless = new byte[40];
        Arrays.fill(endless, HEADER_BYTES, 40, (byte) 0x80);
        ByteBuffer.wrap(endless).putInt(1, ownId());

        // When / Then
        assertMalformed(endless, "a number longer than 10 bytes");
    }

    @Test
    void aValueOf1MebibyteIsReadAndOneByteMoreIsMalformed() {
        // Given
        byte[] largest = Arrays.copyOf(event, 1024 * 1024);
        byte[] larger = Arrays.copyOf(event, 1024 * 1024 + 1);

        // When / Then
        assertMalformed(largest, (largest.length - event.length) + " bytes after the end of the event");
        assertMalformed(larger, "a value of 1048577 bytes is longer than 1 MiB");
    }

    @Test
    void whatAnOlderProducerLacksHasItsDefault() throws IOException {
        // Given
        Schema older = without("resource");

        // When
        Outcome outcome = judgeBytes(withHeader(judge.idOf("usage-events-value", older), written(older)));

        // Then
        assertThat(outcome).isEqualTo(ACCEPTED);
        assertThat(judge.lastAccepted().resource()).isEmpty();
        assertThat(judge.lastAccepted().quantity(0)).isEqualTo(3);
    }

    @Test
    void whatANewerProducerAddsIsIgnored() throws IOException {
        // Given
        List<Schema.Field> fields = fieldsWithout("");
        fields.add(1, new Schema.Field("region", Schema.create(Schema.Type.STRING), "new", "none"));
        Schema newer = schema(fields);

        // When
        Outcome outcome = judgeBytes(withHeader(judge.idOf("usage-events-value", newer), written(newer)));

        // Then
        assertThat(outcome).isEqualTo(ACCEPTED);
        assertThat(judge.lastAccepted().resource()).isEqualTo("index");
    }

    @Test
    void trailingBytesOfAnOlderProducerAreMalformed() throws IOException {
        // Given
        Schema older = without("resource");
        byte[] value = withHeader(judge.idOf("usage-events-value", older), written(older));

        // When / Then
        assertMalformed(Arrays.copyOf(value, value.length + 1), "bytes after the end of the event");
    }

    private Outcome judgeBytes(byte[] value) {
        return judge.judge(TEN, MemoryJudge.WORKSPACE, value);
    }

    private void assertMalformed(byte[] value, String detail) {
        assertThat(judgeBytes(value)).isEqualTo(REJECTED);
        assertThat(judge.rejection()).isEqualTo(new Rejection(Reason.MALFORMED, detail));
    }

    private int ownId() {
        return judge.idOf("usage-events-value", OWN);
    }

    private static byte[] withHeader(int schemaId, byte[] body) {
        return ByteBuffer.allocate(HEADER_BYTES + body.length)
                .put((byte) 0)
                .putInt(schemaId)
                .put(body)
                .array();
    }

    private static byte[] numbers(long... numbers) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
        for (long number : numbers) {
            out.writeLong(number);
        }
        return bytes.toByteArray();
    }

    private static Schema without(String field) {
        return schema(fieldsWithout(field));
    }

    private static List<Schema.Field> fieldsWithout(String name) {
        List<Schema.Field> fields = new ArrayList<>();
        for (Schema.Field field : OWN.getFields()) {
            if (!field.name().equals(name)) {
                fields.add(new Schema.Field(field, field.schema()));
            }
        }
        return fields;
    }

    private static Schema schema(List<Schema.Field> fields) {
        return Schema.createRecord(OWN.getName(), "", OWN.getNamespace(), false, fields);
    }

    /** An event of a producer with another schema. */
    private static byte[] written(Schema schema) throws IOException {
        GenericRecord reading =
                new GenericData.Record(OWN.getField("readings").schema().getElementType());
        reading.put("meter", "spans");
        reading.put("quantity", 3L);
        GenericRecord record = new GenericData.Record(schema);
        put(record, "workspace_id", MemoryJudge.WORKSPACE);
        put(record, "source", "source");
        put(record, "event_id", "id");
        put(record, "occurred_at", TEN.toEpochMilli());
        put(record, "resource", "index");
        put(record, "region", "cn");
        put(record, "readings", List.of(reading));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new GenericDatumWriter<GenericRecord>(schema)
                .write(record, EncoderFactory.get().directBinaryEncoder(bytes, null));
        return bytes.toByteArray();
    }

    private static void put(GenericRecord record, String field, Object value) {
        if (record.getSchema().getField(field) != null) {
            record.put(field, value);
        }
    }
}
