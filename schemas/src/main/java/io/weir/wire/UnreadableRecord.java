package io.weir.wire;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** These bytes are not a record of the expected type. Reading them again gives the same result. */
public final class UnreadableRecord extends SerializationException {

    /** What is wrong with the bytes, in the order of the checks. */
    public enum Fault {
        /** Fewer than 5 bytes, or the first one is not 0: not Confluent's wire format. */
        NOT_FRAMED,
        /** The registry answered that it knows no Avro schema with this id. */
        UNKNOWN_SCHEMA,
        /** Written as a record with another name, or by a schema that cannot be read as the expected one. */
        OTHER_RECORD,
        /** The bytes end before the record does. */
        TRUNCATED,
        /** The bytes are not what the writer's schema says. */
        MALFORMED,
        /** The bytes go on after the record. */
        TRAILING_BYTES
    }

    private final Fault fault;

    UnreadableRecord(Fault fault, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    /** What is wrong with the bytes. */
    public Fault fault() {
        return fault;
    }
}
