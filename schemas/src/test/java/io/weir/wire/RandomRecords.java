package io.weir.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;

/** Records with any content that their schema allows, made by Avro alone; the same at every call. */
final class RandomRecords {

    private static final int COUNT = 200;
    private static final long SEED = 20_260_101L;

    private RandomRecords() {}

    /** As many records of this topic as touch every branch of its schema. */
    static List<SpecificRecord> of(Topic topic) throws IOException {
        TrustedRecords.trust();
        List<SpecificRecord> records = new ArrayList<>();
        for (Object random : new RandomData(AvscForm.of(topic.value()), COUNT, SEED)) {
            records.add(generated(topic.value(), random));
        }
        return records;
    }

    private static SpecificRecord generated(Schema schema, Object random) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(AvscForm.of(schema)).write(random, encoder);
        encoder.flush();
        return new SpecificDatumReader<SpecificRecord>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
    }
}
