package io.weir.wire;

import org.apache.kafka.common.KafkaException;

/** The schema registry does not know this schema under this subject, and the serializer was told not to register it. */
public final class SchemaNotRegistered extends KafkaException {

    SchemaNotRegistered(String subject, String schema) {
        super("%s: the schema registry does not know %s; register it, or set auto.register.schemas=true"
                .formatted(subject, schema));
    }
}
