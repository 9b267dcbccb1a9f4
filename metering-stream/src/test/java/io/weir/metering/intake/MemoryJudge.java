package io.weir.metering.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.usage.Reading;
import io.weir.usage.UsageEvent;
import io.weir.wire.AvroSerializer;
import io.weir.wire.SchemaRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The judge of a partition in memory. It knows the workspaces {@code wksp_1} and {@code wksp_2}, the SUM meters {@code spans}
 * and {@code traces} and the MAX meter {@code series}, all without a limit; keys that begin with {@code away} belong on other partitions.
 */
public final class MemoryJudge {

    /** A workspace it knows. */
    public static final String WORKSPACE = "wksp_1";

    private static final Set<String> KNOWN = Set.of(WORKSPACE, "wksp_2");

    private final Map<String, String> wire = Map.of("schema.registry.url", "mock://" + UUID.randomUUID());
    private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
    private final KeyValueStore<Bytes, byte[]> sourcesStore = store();
    private final KeyValueStore<Bytes, byte[]> seenIdsStore = store();
    private Sources sources;
    private SeenIds seenIds;
    private Judge judge;
    private long clockMillis = Long.MIN_VALUE;

    /** A judge that has judged nothing yet. */
    public MemoryJudge() {
        serializer.configure(wire, false);
        sources = new Sources(sourcesStore);
        seenIds = new SeenIds(seenIdsStore);
        judge = judge();
    }

    private static KeyValueStore<Bytes, byte[]> store() {
        return Stores.inMemoryKeyValueStore("memory").get();
    }

    private Judge judge() {
        Meters meters = new Meters();
        meters.refresh(List.of(
                new MeterRule("spans", false, Long.MAX_VALUE),
                new MeterRule("traces", false, Long.MAX_VALUE),
                new MeterRule("series", true, Long.MAX_VALUE)));
        return new Judge(
                new UsageReader(SchemaRegistry.of(wire)),
                meters,
                sources,
                seenIds,
                key -> !new String(key, UTF_8).startsWith("away"),
                KNOWN::contains);
    }

    /** Everything on the heap is gone, as after a commit and a restart. */
    void restart() {
        sources.writeBack();
        seenIds.writeBack();
        sources = new Sources(sourcesStore);
        seenIds = new SeenIds(seenIdsStore);
        judge = judge();
    }

    /** The outcome of an event that arrives under its workspace's key. */
    Outcome judge(Instant ingest, UsageEvent event) {
        return judge(ingest, event.getWorkspaceId(), event);
    }

    /** The outcome of an event that arrives under some key. */
    Outcome judge(Instant ingest, @Nullable String key, UsageEvent event) {
        return judge(ingest, key, written(event));
    }

    /** The outcome of bytes that arrive under some key. */
    Outcome judge(Instant ingest, @Nullable String key, byte[] value) {
        clockMillis = Math.max(clockMillis, ingest.toEpochMilli());
        return judge.judge(key == null ? null : key.getBytes(UTF_8), value, ingest.toEpochMilli(), clockMillis);
    }

    /** An event as a producer with this release's schema writes it. */
    byte[] written(UsageEvent event) {
        return Objects.requireNonNull(serializer.serialize("usage-events", event));
    }

    /** The id under which the registry knows a schema. */
    int idOf(String subject, Schema schema) {
        return SchemaRegistry.of(wire).register(subject, schema);
    }

    Rejection rejection() {
        return judge.rejection();
    }

    AcceptedUsage lastAccepted() {
        return judge.accepted();
    }

    /** A new event of this workspace, judged when it occurred; valid until the next one. */
    public AcceptedUsage accept(
            String source, long sequence, Instant occurredAt, String resource, String meter, long quantity) {
        UsageEvent event = new UsageEvent(
                WORKSPACE, source, sequence, "id", occurredAt, resource, List.of(new Reading(meter, quantity)));
        Outcome outcome = judge(occurredAt, event);
        if (outcome != Outcome.ACCEPTED) {
            throw new IllegalArgumentException(outcome + " instead of ACCEPTED: " + event);
        }
        return judge.accepted();
    }
}
