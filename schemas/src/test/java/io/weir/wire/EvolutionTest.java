package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.billing.AccountChange;
import io.weir.billing.ControlRecord;
import io.weir.usage.UsageEvent;
import io.weir.wire.UnreadableRecord.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** Writers of other versions, on a real registry. */
class EvolutionTest {

    private final SchemaRegistry registry =
            SchemaRegistry.of(EmbeddedRegistry.shared().settings());
    private final AvroDeserializer<UsageEvent> events = new AvroDeserializer<>(registry, UsageEvent.class);

    @Test
    void readsAnOlderWriterThatKnowsNoOptionalFields() throws IOException {
        // Given
        Schema older = usageEvent().endRecord();
        GenericRecord event = filled(older).build();

        // When
        UsageEvent read = events.read(written("older", event));

        // Then
        assertThat(read).isEqualTo(new UsageEvent("w", "s", null, "e", Instant.ofEpochMilli(5), "", List.of()));
    }

    @Test
    void readsANewerWriterWithAFieldItDoesNotKnow() throws IOException {
        // Given
        Schema newer = usageEvent()
                .name("region")
                .type()
                .stringType()
                .stringDefault("")
                .name("labels")
                .type()
                .map()
                .values()
                .stringType()
                .mapDefault(Map.of())
                .endRecord();
        GenericRecord event = filled(newer)
                .set("region", "eu")
                .set("labels", Map.of("a", "b"))
                .build();

        // When
        UsageEvent read = events.read(written("newer", event));

        // Then
        assertThat(read).isEqualTo(new UsageEvent("w", "s", null, "e", Instant.ofEpochMilli(5), "", List.of()));
    }

    @Test
    void readsWhatItKnowsOfAUnionThatGrew() throws IOException {
        // Given a writer that knows one more kind of change
        Schema discount = SchemaBuilder.record("DiscountChange")
                .namespace("io.weir.billing")
                .fields()
                .requiredInt("percent")
                .endRecord();
        Schema account = AvscForm.of(AccountChange.getClassSchema());
        Schema newer = SchemaBuilder.record("ControlRecord")
                .namespace("io.weir.billing")
                .fields()
                .name("change")
                .type(Schema.createUnion(discount, account))
                .noDefault()
                .endRecord();
        GenericRecord known = new GenericRecordBuilder(account)
                .set("account_id", "a")
                .set("user_name", "Ann")
                .set("currency", "CNY")
                .build();
        GenericRecord unknown =
                new GenericRecordBuilder(discount).set("percent", 10).build();
        AvroDeserializer<ControlRecord> changes = new AvroDeserializer<>(registry, ControlRecord.class);

        // When, Then
        assertThat(changes.read(written("grown", change(newer, known))).getChange())
                .isEqualTo(new AccountChange("a", "Ann", "CNY"));
        assertThatThrownBy(() -> changes.read(written("grown", change(newer, unknown))))
                .isInstanceOfSatisfying(
                        UnreadableRecord.class,
                        unreadable -> assertThat(unreadable.fault()).isEqualTo(Fault.OTHER_RECORD));
    }

    private static SchemaBuilder.FieldAssembler<Schema> usageEvent() {
        Schema readings =
                AvscForm.of(UsageEvent.getClassSchema()).getField("readings").schema();
        return SchemaBuilder.record("UsageEvent")
                .namespace("io.weir.usage")
                .fields()
                .requiredString("workspace_id")
                .requiredString("source")
                .requiredString("event_id")
                .requiredLong("occurred_at")
                .name("readings")
                .type(readings)
                .noDefault();
    }

    private static GenericRecordBuilder filled(Schema schema) {
        return new GenericRecordBuilder(schema)
                .set("workspace_id", "w")
                .set("source", "s")
                .set("event_id", "e")
                .set("occurred_at", 5L)
                .set("readings", List.of());
    }

    private static GenericRecord change(Schema schema, GenericRecord change) {
        GenericRecord record = new GenericData.Record(schema);
        record.put("change", change);
        return record;
    }

    private byte[] written(String subject, GenericRecord value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ByteBuffer.allocate(5)
                .putInt(1, registry.register(subject, value.getSchema()))
                .array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(value.getSchema()).write(value, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}
