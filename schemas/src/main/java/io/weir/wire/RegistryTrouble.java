package io.weir.wire;

import java.io.IOException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Tells a registry that is away, or does not know yet what it should, from bytes that are bad. For topics that only Weir
 * writes: there, a schema the registry does not know is the registry's fault.
 */
public final class RegistryTrouble {

    private RegistryTrouble() {}

    /** Whether a failure to read says something about the registry and nothing about the record. */
    public static boolean isBehind(RuntimeException failed) {
        if (failed instanceof UnreadableRecord unreadable) {
            return unreadable.fault() == UnreadableRecord.Fault.UNKNOWN_SCHEMA;
        }
        return failed instanceof SchemaRegistryUnavailable
                || (failed instanceof SerializationException && isCausedByTransport(failed));
    }

    /** Serializers of others say it with an IOException somewhere in the chain. */
    private static boolean isCausedByTransport(Throwable failed) {
        for (Throwable cause = failed.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }
}
