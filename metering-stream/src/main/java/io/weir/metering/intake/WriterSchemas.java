package io.weir.metering.intake;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.weir.usage.UsageEvent;
import io.weir.wire.SchemaRegistry;
import io.weir.wire.SchemaRegistryUnavailable;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schemas with which producers wrote, by the id in the record; one for all tasks of an instance.
 *
 * <p>A registry that is away is not a bad record: the line waits for it (rules.md §3). A registry that knows no such id may
 * only be behind a registration, so it is asked again for a while; how long, all ids together decide ({@link Patience}). An
 * id that was waited for in vain is not waited for again. Safe for use by many threads.
 */
public final class WriterSchemas {

    private static final Logger LOG = LoggerFactory.getLogger(WriterSchemas.class);
    private static final String OWN_FORM = SchemaNormalization.toParsingForm(UsageEvent.getClassSchema());
    private static final int MOST_IN_VAIN = 10_000;

    private final SchemaRegistry registry;
    private final Patience patience;
    private final Map<Integer, Writer> byId = new ConcurrentHashMap<>();
    private final Cache<Integer, Boolean> inVain =
            Caffeine.newBuilder().maximumSize(MOST_IN_VAIN).build();

    /**
     * @param registry knows the schemas
     * @param patience how long an id that the registry does not know is asked for again
     */
    public WriterSchemas(SchemaRegistry registry, Duration patience) {
        this(registry, new Patience(patience));
    }

    WriterSchemas(SchemaRegistry registry, Patience patience) {
        this.registry = registry;
        this.patience = patience;
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
        return known != null ? known : learn(id);
    }

    private @Nullable Writer learn(int id) {
        Writer answer = ask(id);
        if (answer != null || id < 1 || inVain.getIfPresent(id) != null) {
            return answer; // no registry gives ids below 1
        }
        LOG.warn("Waiting for schema {}, which the registry does not know", id);
        while (answer == null && patience.pause()) {
            answer = ask(id);
        }
        if (answer == null) {
            inVain.put(id, true);
        }
        return answer;
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
