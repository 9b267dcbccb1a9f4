package io.weir.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes generated records in Confluent's wire format, byte for byte what {@code KafkaAvroSerializer} writes; either may be named
 * as {@code value.serializer}. Settings: {@link SerdeConfig}. Safe for use by many threads.
 *
 * @param <T> the record, or {@link SpecificRecord} for any
 */
public final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {

    static {
        TrustedRecords.trust();
    }

    private final Map<String, RegisteredSchema> schemas = new ConcurrentHashMap<>();

    @SuppressWarnings("NullAway.Init") // Kafka calls configure before anything else.
    private SerdeConfig config;

    @SuppressWarnings("NullAway.Init")
    private SchemaRegistry registry;

    /** For Kafka, which then calls {@link #configure}. */
    public AvroSerializer() {}

    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
        WireFormat.refuseKeys(isKey);
        config = SerdeConfig.of(settings);
        registry = SchemaRegistry.of(config);
    }

    /**
     * The record's bytes; null for null.
     *
     * @throws SchemaRegistryUnavailable if no registry answers in time
     * @throws SchemaRefused if the registry finds the schema incompatible
     * @throws SchemaNotRegistered if the schema is not there and may not be registered
     * @throws SerializationException if a field holds what its schema forbids
     */
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T value) {
        return value == null ? null : bytes(schemaId(topic, value.getSchema()), value);
    }

    /**
     * The id under which the registry knows the schema of this topic's values, or learns it; for whoever puts it in front of
     * bytes that were written before. Fails as {@link #serialize} does.
     */
    public int schemaId(String topic, Schema schema) {
        RegisteredSchema known = schemas.get(topic);
        if (known == null || !known.schema().equals(schema)) {
            known = new RegisteredSchema(ask(WireFormat.valueSubject(topic), schema), schema);
            schemas.put(topic, known);
        }
        return known.id();
    }

    private int ask(String subject, Schema schema) {
        if (config.autoRegister()) {
            return registry.register(subject, schema);
        }
        return config.useLatest() ? latestId(subject, schema) : registry.idOf(subject, schema);
    }

    /** The newest version may differ in words and defaults, but not in what it writes. */
    private int latestId(String subject, Schema schema) {
        RegisteredSchema latest =
                registry.latest(subject).orElseThrow(() -> new SchemaNotRegistered(subject, schema.getFullName()));
        if (fingerprint(latest.schema()) != fingerprint(schema)) {
            throw new ConfigException(
                    "%s: use.latest.version=true, but the newest version (id %d) writes other bytes than %s"
                            .formatted(subject, latest.id(), schema.getFullName()));
        }
        return latest.id();
    }

    private static long fingerprint(Schema schema) {
        return SchemaNormalization.parsingFingerprint64(schema);
    }

    private byte[] bytes(int id, T value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        bytes.write(WireFormat.MAGIC_BYTE);
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            new SpecificDatumWriter<T>(value.getSchema()).write(value, encoder);
            encoder.flush();
        } catch (IOException | RuntimeException refused) {
            throw new SerializationException(value.getSchema().getFullName() + " cannot be written", refused);
        }
        return bytes.toByteArray();
    }
}
