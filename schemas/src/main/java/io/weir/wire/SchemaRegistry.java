package io.weir.wire;

import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * A schema registry with Confluent's REST API. Schemas are sent in the form of their .avsc file, without what the generated
 * classes add.
 *
 * <p>Every method waits for the registry as long as {@code schema.registry.wait.ms} says and then throws {@link
 * SchemaRegistryUnavailable}. Safe for use by many threads.
 */
public sealed interface SchemaRegistry permits CachedRegistry, MemoryRegistry, RestRegistry {

    /**
     * The registry named by {@code schema.registry.url}; one in memory for {@code mock://scope}, shared by all who name that scope.
     *
     * @param config settings by Confluent's keys; others are ignored
     * @throws org.apache.kafka.common.config.ConfigException naming every mistake in the settings
     */
    static SchemaRegistry of(Map<String, ?> config) {
        return of(SerdeConfig.of(config));
    }

    /** The registry of these settings. */
    static SchemaRegistry of(SerdeConfig config) {
        return config.mockScope()
                .<SchemaRegistry>map(MemoryRegistry::named)
                .orElseGet(() -> new CachedRegistry(new RestRegistry(config), config));
    }

    /**
     * The id of the schema, which becomes the subject's newest version unless it already is one.
     *
     * @throws SchemaRefused if the registry finds it incompatible with the subject's versions, or invalid
     */
    int register(String subject, Schema schema);

    /**
     * The id of a schema that was registered before.
     *
     * @throws SchemaNotRegistered if it was not
     */
    int idOf(String subject, Schema schema);

    /** The newest version of the subject; empty if the registry answered that there is none. */
    Optional<RegisteredSchema> latest(String subject);

    /** The Avro schema with this id; empty if the registry answered that there is none. */
    Optional<Schema> schemaById(int id);
}
