package io.weir.wire;

import org.apache.kafka.common.KafkaException;

/** The schema registry will not have this schema under this subject: it is incompatible with the versions before, or invalid. */
public final class SchemaRefused extends KafkaException {

    SchemaRefused(String subject, String schema, String registrysMessage) {
        super("%s: the schema registry refuses %s: %s".formatted(subject, schema, registrysMessage));
    }
}
