package io.weir.wire;

import org.apache.kafka.common.KafkaException;

/**
 * No schema registry gave an answer within the configured time: it is away, too slow, failing, or refuses these credentials. It
 * says nothing about the record at hand: wait and ask again, reject nothing (rules.md §3).
 */
public final class SchemaRegistryUnavailable extends KafkaException {

    SchemaRegistryUnavailable(String message) {
        super(message);
    }

    /** What another serde says of its registry. */
    public SchemaRegistryUnavailable(Throwable cause) {
        super(cause);
    }
}
