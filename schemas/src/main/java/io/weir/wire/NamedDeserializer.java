package io.weir.wire;

import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * The deserializer whose class an operator named: Weir's, Confluent's, or another. Classes of others tell failures in their own
 * ways; here there are two. {@link SchemaRegistryUnavailable} says nothing about the record, so wait; {@link
 * SerializationException} says that these bytes are no such record, and always will be.
 *
 * @param <T> the record
 */
public final class NamedDeserializer<T extends SpecificRecord> implements Deserializer<T> {

    static {
        TrustedRecords.trust();
    }

    private final Deserializer<?> named;
    private final Class<T> type;

    private NamedDeserializer(Deserializer<?> named, Class<T> type) {
        this.named = named;
        this.type = type;
    }

    /**
     * A configured deserializer.
     *
     * @param className class of a Kafka deserializer
     * @param settings its settings, as {@link RegistrySettings} gives them
     * @param type the generated class that it must give
     * @throws ClassNotFoundException if the class path has none of this name
     * @throws KafkaException if it is no deserializer, or refuses the settings
     */
    public static <T extends SpecificRecord> NamedDeserializer<T> of(
            String className, Map<String, ?> settings, Class<T> type) throws ClassNotFoundException {
        Deserializer<?> named = Utils.newInstance(className, Deserializer.class);
        named.configure(ConfluentsSettings.of(settings), false);
        return new NamedDeserializer<>(named, type);
    }

    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
        return deserialize(topic, new RecordHeaders(), bytes);
    }

    @Override
    public @Nullable T deserialize(String topic, Headers headers, byte @Nullable [] bytes) {
        Object value = read(topic, headers, bytes);
        if (value != null && !type.isInstance(value)) {
            throw new SerializationException(
                    "a %s, not a %s".formatted(value.getClass().getName(), type.getName()));
        }
        return type.cast(value);
    }

    private @Nullable Object read(String topic, Headers headers, byte @Nullable [] bytes) {
        try {
            return named.deserialize(topic, headers, bytes);
        } catch (RuntimeException failed) {
            throw told(failed);
        }
    }

    /** Kafka's other exceptions say that somebody wants an end, or that the settings are wrong; they are left as they are. */
    private static RuntimeException told(RuntimeException failed) {
        if (failed instanceof SchemaRegistryUnavailable) {
            return failed;
        }
        if (RegistryTrouble.isBehind(failed)) {
            return new SchemaRegistryUnavailable(failed);
        }
        return failed instanceof KafkaException
                ? failed
                : new SerializationException("the bytes cannot be read: " + failed, failed);
    }

    @Override
    public void close() {
        named.close();
    }
}
