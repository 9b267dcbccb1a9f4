package io.weir.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/** A registry in this process, for unit tests. Accepts every schema; as in a real one, the same schema has the same id everywhere. */
final class MemoryRegistry implements SchemaRegistry {

    private static final Map<String, MemoryRegistry> BY_SCOPE = new ConcurrentHashMap<>();

    private final List<Schema> schemas = new ArrayList<>();
    private final Map<String, List<RegisteredSchema>> versions = new HashMap<>();

    private MemoryRegistry() {}

    static MemoryRegistry named(String scope) {
        return BY_SCOPE.computeIfAbsent(scope, unused -> new MemoryRegistry());
    }

    @Override
    public synchronized int register(String subject, Schema schema) {
        Schema avsc = AvscForm.of(schema);
        if (!schemas.contains(avsc)) {
            schemas.add(avsc);
        }
        RegisteredSchema version = new RegisteredSchema(schemas.indexOf(avsc) + 1, avsc);
        List<RegisteredSchema> known = versions.computeIfAbsent(subject, unused -> new ArrayList<>());
        if (!known.contains(version)) {
            known.add(version);
        }
        return version.id();
    }

    @Override
    public synchronized int idOf(String subject, Schema schema) {
        Schema avsc = AvscForm.of(schema);
        return versions.getOrDefault(subject, List.of()).stream()
                .filter(version -> version.schema().equals(avsc))
                .findFirst()
                .map(RegisteredSchema::id)
                .orElseThrow(() -> new SchemaNotRegistered(subject, schema.getFullName()));
    }

    @Override
    public synchronized Optional<RegisteredSchema> latest(String subject) {
        List<RegisteredSchema> known = versions.getOrDefault(subject, List.of());
        return known.isEmpty() ? Optional.empty() : Optional.of(known.get(known.size() - 1));
    }

    @Override
    public synchronized Optional<Schema> schemaById(int id) {
        return id < 1 || id > schemas.size() ? Optional.empty() : Optional.of(schemas.get(id - 1));
    }
}
