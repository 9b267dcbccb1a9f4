package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a writer with the .avsc file alone writes is read into the generated class and written again as the same bytes. */
class RoundTripTest {

    private static final Map<String, String> SETTINGS = Map.of("schema.registry.url", "mock://round-trip");
    private static final int RECORDS = 200;

    static List<Topic> topics() {
        return Topics.all();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void keepsEveryFieldOfEveryRecord(Topic topic) throws IOException {
        // Given
        Schema schema = AvscForm.of(topic.value());
        int id = SchemaRegistry.of(SETTINGS).register(topic.valueSubject(), schema);
        AvroSerde<SpecificRecord> serde = new AvroSerde<>();
        serde.configure(SETTINGS, false);

        for (Object random : new RandomData(schema, RECORDS, 20_260_101L)) {
            // When
            byte[] written = written(id, schema, random);
            SpecificRecord read = serde.deserializer().deserialize(topic.name(), written);

            // Then
            assertThat(read.getClass().getName()).isEqualTo(schema.getFullName());
            assertThat(serde.serializer().serialize(topic.name(), read)).isEqualTo(written);
        }
    }

    private static byte[] written(int id, Schema schema, Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ByteBuffer.allocate(5).putInt(1, id).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(schema).write(value, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}
