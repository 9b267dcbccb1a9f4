package io.weir.wire;

import io.weir.wire.UnreadableRecord.Fault;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads records in Confluent's wire format as generated classes: what the writer wrote, in the shape that the reader was compiled
 * with. {@code KafkaAvroDeserializer} with {@code specific.avro.reader=true} may take its place as {@code value.deserializer}.
 * Settings: {@link SerdeConfig}. Safe for use by many threads.
 *
 * @param <T> the record, or {@link SpecificRecord} for any
 */
public final class AvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {

    static {
        TrustedRecords.trust();
    }

    private final Map<Integer, DatumReader<T>> readers = new ConcurrentHashMap<>();
    private @Nullable Schema expected;

    @SuppressWarnings("NullAway.Init") // Kafka calls configure before anything else.
    private SchemaRegistry registry;

    /** For Kafka, which then calls {@link #configure}. */
    public AvroDeserializer() {}

    /**
     * Reads one type of record.
     *
     * @param registry where the writers' schemas are found
     * @param type the generated class
     */
    public AvroDeserializer(SchemaRegistry registry, Class<T> type) {
        this.registry = registry;
        this.expected = SpecificData.get().getSchema(type);
    }

    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
        WireFormat.refuseKeys(isKey);
        SerdeConfig config = SerdeConfig.of(settings);
        registry = SchemaRegistry.of(config);
        expected = config.valueType() == null ? null : SpecificData.get().getSchema(config.valueType());
    }

    /** As {@link #read}; null for null. The topic does not matter. */
    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
        return bytes == null ? null : read(bytes);
    }

    /**
     * The record in these bytes.
     *
     * @throws UnreadableRecord if there is none, saying what is wrong
     * @throws SchemaRegistryUnavailable if the writer's schema is needed and no registry answers in time
     */
    public T read(byte[] bytes) {
        if (bytes.length < WireFormat.HEADER_BYTES || bytes[0] != WireFormat.MAGIC_BYTE) {
            throw new UnreadableRecord(Fault.NOT_FRAMED, "not a 0 and a schema id in 4 bytes at the start", null);
        }
        int id = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
        DatumReader<T> known = readers.get(id);
        return read(known == null ? readerOf(id) : known, bytes);
    }

    private DatumReader<T> readerOf(int id) {
        Schema writer = registry.schemaById(id)
                .orElseThrow(() -> new UnreadableRecord(
                        Fault.UNKNOWN_SCHEMA, "schema id " + id + ": the registry knows no such Avro schema", null));
        Schema wanted = expected == null ? TrustedRecords.namedBy(writer).orElse(null) : expected;
        if (wanted == null || !wanted.getFullName().equals(writer.getFullName())) {
            String name = wanted == null ? "a generated class" : wanted.getFullName();
            throw new UnreadableRecord(
                    Fault.OTHER_RECORD, "schema id %d: %s, not %s".formatted(id, writer.getFullName(), name), null);
        }
        DatumReader<T> reader = new SpecificDatumReader<>(writer, wanted);
        readers.put(id, reader);
        return reader;
    }

    private T read(DatumReader<T> reader, byte[] bytes) {
        BinaryDecoder decoder = DecoderFactory.get()
                .binaryDecoder(bytes, WireFormat.HEADER_BYTES, bytes.length - WireFormat.HEADER_BYTES, null);
        T value = decode(reader, decoder);
        if (!isAtEnd(decoder)) {
            throw new UnreadableRecord(Fault.TRAILING_BYTES, "bytes follow the record", null);
        }
        return value;
    }

    /** Garbage makes Avro throw whatever its bytes lead to, so whatever it throws means that these bytes are no record. */
    private T decode(DatumReader<T> reader, BinaryDecoder decoder) {
        try {
            return reader.read(null, decoder);
        } catch (EOFException ended) {
            throw new UnreadableRecord(Fault.TRUNCATED, "the bytes end before the record does", ended);
        } catch (AvroTypeException different) {
            throw new UnreadableRecord(Fault.OTHER_RECORD, "the writer's schema does not fit the reader's", different);
        } catch (IOException | RuntimeException garbage) {
            throw new UnreadableRecord(Fault.MALFORMED, "the bytes are not what the writer's schema says", garbage);
        }
    }

    private static boolean isAtEnd(BinaryDecoder decoder) {
        try {
            return decoder.isEnd();
        } catch (IOException impossible) {
            throw new UncheckedIOException("an array of bytes cannot fail to be read", impossible);
        }
    }
}
