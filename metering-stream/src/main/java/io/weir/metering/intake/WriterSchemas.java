package io.weir.metering.intake;

import io.weir.usage.UsageEvent;
import io.weir.wire.SchemaRegistry;
import io.weir.wire.SchemaRegistryUnavailable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schemas with which producers wrote, by the id in the record. A registry that is away is not a bad record: the line
 * waits for it (rules.md §3).
 */
final class WriterSchemas {

    private static final Logger LOG = LoggerFactory.getLogger(WriterSchemas.class);
    private static final String OWN_FORM = SchemaNormalization.toParsingForm(UsageEvent.getClassSchema());

    private final SchemaRegistry registry;
    private final Map<Integer, Writer> byId = new HashMap<>();

    WriterSchemas(SchemaRegistry registry) {
        this.registry = registry;
    }

    /**
     * How a producer wrote.
     *
     * @param schema its schema
     * @param own whether that gives the same bytes as this release's own
     */
    record Writer(Schema schema, boolean own) {}

    /** The writer's schema with this id; null if the registry answered that it knows none. */
    @Nullable
    Writer of(int id) {
        Writer known = byId.get(id);
        return known != null ? known : ask(id);
    }

    private @Nullable Writer ask(int id) {
        while (true) {
            try {
                Optional<Schema> answer = registry.schemaById(id);
                answer.ifPresent(schema -> byId.put(id, writer(schema)));
                return byId.get(id);
            } catch (SchemaRegistryUnavailable away) {
                LOG.warn("Waiting for the schema registry, to learn schema {}: {}", id, away.getMessage());
            }
        }
    }

    private static Writer writer(Schema schema) {
        return new Writer(schema, SchemaNormalization.toParsingForm(schema).equals(OWN_FORM));
    }
}
