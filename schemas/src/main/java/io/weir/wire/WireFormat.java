package io.weir.wire;

import org.apache.kafka.common.config.ConfigException;

/**
 * Confluent's wire format: a magic byte 0, the writer's schema id in 4 bytes (big endian), then Avro binary. Values are
 * registered under the subject that Confluent's TopicNameStrategy gives them; keys are plain text.
 */
final class WireFormat {

    static final byte MAGIC_BYTE = 0;
    static final int HEADER_BYTES = 5;

    private WireFormat() {}

    static String valueSubject(String topic) {
        return topic + "-value";
    }

    /** Says so when the serde is named for keys. */
    static void refuseKeys(boolean isKey) {
        if (isKey) {
            throw new ConfigException(
                    "keys are plain text on every topic: name Kafka's StringSerializer and StringDeserializer");
        }
    }
}
