package io.weir.feecenter.ledger;

import io.weir.billing.BillLine;
import io.weir.wire.NamedDeserializer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How the topic must be read for the ledger to be right, whatever else an operator sets. */
public final class BillLineConsumer {

    /** Settings that are not open to choice, by their Kafka names. */
    public static final Map<String, String> FIXED = Map.of(
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none",
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false",
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());

    private static final int ANSWER_MILLIS = 5_000;

    private BillLineConsumer() {}

    /**
     * The settings of the consumer.
     *
     * @param kafka what the operator set; its value deserializer is used by {@link LineDecoder}, so that the bytes of a bad
     *     record are still at hand
     * @param group the consumer group, which shares the partitions among the instances
     */
    public static Map<String, Object> settings(Map<String, String> kafka, String group) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        settings.putAll(FIXED);
        return settings;
    }

    /**
     * The settings of a consumer that reads another topic from its beginning, apart from the posting: it belongs to no group, and a
     * broker that does not answer keeps it waiting for 5 seconds only.
     */
    public static Map<String, Object> settingsWithoutGroup(Map<String, String> kafka) {
        Map<String, Object> settings = settings(kafka, "");
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
        return settings;
    }

    /**
     * The decoder of the topic's values.
     *
     * @param topic its name, {@code fee-center.bill-lines} or that of a shadow
     * @param deserializer class name of a Kafka deserializer, {@code io.weir.wire.AvroDeserializer} or another that gives
     *     bill lines
     * @param kafka its settings
     * @throws org.apache.kafka.common.KafkaException if there is no such class or it refuses the settings
     */
    public static LineDecoder decoder(String topic, String deserializer, Map<String, String> kafka) {
        return new LineDecoder(topic, deserializer(deserializer, kafka, BillLine.class));
    }

    /** A deserializer of these records, by its class name; the other parameters and errors are those of {@link #decoder}. */
    public static <T extends SpecificRecord> NamedDeserializer<T> deserializer(
            String className, Map<String, String> kafka, Class<T> type) {
        try {
            return NamedDeserializer.of(className, kafka, type);
        } catch (ClassNotFoundException e) {
            throw new ConfigException(
                    "weir.value.deserializer",
                    className,
                    "no such class; its jar belongs on the class path, see README.md");
        }
    }
}
