package io.weir.wire;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * Asks for the schema of an id once. An id never changes its schema, so what was found is kept for ever; what was not found is
 * kept for a short time and in bounded number, so that garbage does not flood the registry and a new schema is soon seen.
 */
final class CachedRegistry implements SchemaRegistry {

    private final SchemaRegistry registry;
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final Cache<Integer, Boolean> unknown;

    CachedRegistry(SchemaRegistry registry, SerdeConfig config) {
        this.registry = registry;
        this.unknown = Caffeine.newBuilder()
                .maximumSize(config.unknownIds())
                .expireAfterWrite(config.unknownFor())
                .build();
    }

    @Override
    public int register(String subject, Schema schema) {
        return registry.register(subject, schema);
    }

    @Override
    public int idOf(String subject, Schema schema) {
        return registry.idOf(subject, schema);
    }

    @Override
    public Optional<RegisteredSchema> latest(String subject) {
        return registry.latest(subject);
    }

    @Override
    public Optional<Schema> schemaById(int id) {
        Schema known = schemas.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        return unknown.getIfPresent(id) == null ? ask(id) : Optional.empty();
    }

    private Optional<Schema> ask(int id) {
        Optional<Schema> found = registry.schemaById(id);
        found.ifPresentOrElse(schema -> schemas.put(id, schema), () -> unknown.put(id, true));
        return found;
    }
}
