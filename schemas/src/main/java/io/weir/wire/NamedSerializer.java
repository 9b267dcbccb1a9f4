package io.weir.wire;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A serializer of others that waits for its registry as {@link AvroSerializer} does: as long as {@code
 * schema.registry.wait.ms} says. By itself, Confluent's gives up after a few attempts, and the application would end.
 */
public final class NamedSerializer implements Serializer<SpecificRecord> {

    private static final Logger LOG = LoggerFactory.getLogger(NamedSerializer.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Serializer<SpecificRecord> named;
    private final FailsafeExecutor<byte[]> patiently;

    private NamedSerializer(Serializer<SpecificRecord> named, Duration patience) {
        this.named = named;
        this.patiently = Failsafe.with(RetryPolicy.<byte[]>builder()
                .handleIf(failed -> failed instanceof RuntimeException thrown && RegistryTrouble.isAway(thrown))
                .withBackoff(FIRST_PAUSE, LONGEST_PAUSE)
                .withMaxRetries(-1)
                .withMaxDuration(patience)
                .onRetry(event -> LOG.warn(
                        "Waiting for the schema registry: {}",
                        event.getLastException().toString()))
                .build());
    }

    /**
     * The configured serializer of this class.
     *
     * @param className class of a Kafka serializer
     * @param settings its settings, as {@link RegistrySettings} gives them
     * @throws ClassNotFoundException if the class path has none of this name
     * @throws KafkaException if it is no serializer, or refuses the settings
     */
    @SuppressWarnings("unchecked") // what the class serializes is for its configuration to say
    public static Serializer<SpecificRecord> of(String className, Map<String, ?> settings)
            throws ClassNotFoundException {
        Serializer<SpecificRecord> named = Utils.newInstance(className, Serializer.class);
        named.configure(ConfluentsSettings.of(settings), false);
        return named instanceof AvroSerializer
                ? named
                : new NamedSerializer(named, SerdeConfig.of(settings).patience());
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable SpecificRecord value) {
        return patiently(() -> named.serialize(topic, value));
    }

    @Override
    public byte @Nullable [] serialize(String topic, Headers headers, @Nullable SpecificRecord value) {
        return patiently(() -> named.serialize(topic, headers, value));
    }

    private interface Attempt {
        byte @Nullable [] bytes();
    }

    private byte @Nullable [] patiently(Attempt attempt) {
        try {
            return patiently.get(attempt::bytes);
        } catch (FailsafeException stopped) {
            if (stopped.getCause() instanceof InterruptedException interrupt) {
                throw new InterruptException("interrupted while waiting for the schema registry", interrupt);
            }
            throw stopped;
        }
    }

    @Override
    public void close() {
        named.close();
    }
}
