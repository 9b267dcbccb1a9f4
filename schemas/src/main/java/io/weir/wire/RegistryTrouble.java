package io.weir.wire;

import java.io.EOFException;
import java.io.IOException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Tells a registry that is away, or does not know yet what it should, from bytes that are bad. For topics that only Weir
 * writes: there, a schema the registry does not know is the registry's fault.
 */
public final class RegistryTrouble {

    /** Confluent's client says with it what a registry answered; by name, because its jar is the operator's. */
    private static final String CONFLUENTS_ANSWER = "RestClientException";

    private RegistryTrouble() {}

    /** Whether a failure to read says something about the registry and nothing about the record. */
    public static boolean isBehind(RuntimeException failed) {
        if (failed instanceof UnreadableRecord unreadable) {
            return unreadable.fault() == UnreadableRecord.Fault.UNKNOWN_SCHEMA;
        }
        return isAway(failed) || (failed instanceof SerializationException && isCausedBy(CONFLUENTS_ANSWER, failed));
    }

    /** Whether no registry gave an answer: it cannot be reached, fails, is overloaded, or refuses these credentials. */
    static boolean isAway(RuntimeException failed) {
        return failed instanceof SchemaRegistryUnavailable
                || failed instanceof ApiException // with which Confluent's classes tell 401, 403, 408, 429 and 5xx
                || (failed instanceof SerializationException && isCausedByTransport(failed));
    }

    /** Serializers of others say it with an IOException in the chain; but so does Avro of bytes that end or are no number. */
    private static boolean isCausedByTransport(Throwable failed) {
        for (Throwable cause = failed.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof EOFException || cause.getClass().getName().startsWith("org.apache.avro.")) {
                return false;
            }
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    private static boolean isCausedBy(String simpleName, Throwable failed) {
        for (Throwable cause = failed.getCause(); cause != null; cause = cause.getCause()) {
            if (cause.getClass().getSimpleName().equals(simpleName)) {
                return true;
            }
        }
        return false;
    }
}
