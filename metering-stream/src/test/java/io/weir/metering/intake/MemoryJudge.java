package io.weir.metering.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.usage.Reading;
import io.weir.usage.UsageEvent;
import io.weir.usage.UsageGaps;
import io.weir.wire.AvroSerializer;
import io.weir.wire.SchemaRegistry;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
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
    private final KeyValueStore<Bytes, byte[]> gapsStore = store();
    private final KeyValueStore<Bytes, byte[]> partitionStore = store();
    private final List<UsageGaps> gapReports = new ArrayList<>();
    private Gaps gaps;
    private Sources sources;
    private SeenIds seenIds;
    private Sweep sweep;
    private Judge judge;
    private long clockMillis = Long.MIN_VALUE;

    /** A judge that has judged nothing yet. */
    public MemoryJudge() {
        serializer.configure(wire, false);
        begin();
    }

    private void begin() {
        gaps = new Gaps(gapsStore, sourcesStore, gapReports::add);
        sources = new Sources(sourcesStore, gaps);
        seenIds = new SeenIds(seenIdsStore);
        sweep = new Sweep(partitionStore, sourcesStore, seenIdsStore);
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
                new UsageReader(new WriterSchemas(SchemaRegistry.of(wire), Duration.ZERO)),
                meters,
                sources,
                seenIds,
                key -> !new String(key, UTF_8).startsWith("away"),
                KNOWN::contains);
    }

    /** Everything on the heap is gone, as after a commit and a restart. */
    void restart() {
        commit();
        begin();
    }

    /** Commits: what is on the heap is in the stores, too. */
    void commit() {
        sources.writeBack();
        seenIds.writeBack();
    }

    /** The clock moves to this instant, and what is due is reported. */
    void tick(Instant clock) {
        clockMillis = Math.max(clockMillis, clock.toEpochMilli());
        gaps.reportDue(clockMillis, () -> false);
    }

    /** Removes what is forgotten, in slices, if a day of the clock has begun. */
    void sweep() {
        gaps.reportDue(clockMillis, () -> false);
        while (sweep.isDue(clockMillis)) {
            AtomicInteger steps = new AtomicInteger(2);
            if (sweep.goOn(clockMillis, () -> steps.decrementAndGet() < 0)) {
                sources.letGo();
            }
        }
    }

    /** The reports of gaps since this was last asked. */
    List<UsageGaps> gapReports() {
        List<UsageGaps> reports = List.copyOf(gapReports);
        gapReports.clear();
        return reports;
    }

    /** How many numbers are missing as last reported. */
    BigInteger missing() {
        return gaps.missing();
    }

    /** How many sources and ids are stored. */
    long remembered() {
        return size(sourcesStore) + size(seenIdsStore);
    }

    /** How many sources are on the heap. */
    int liveSources() {
        return sources.live();
    }

    private static long size(KeyValueStore<Bytes, byte[]> store) {
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            AtomicInteger size = new AtomicInteger();
            all.forEachRemaining(entry -> size.incrementAndGet());
            return size.get();
        }
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
        byte[] fetched = new BareBytes().deserialize("any", new RecordHeaders(), ByteBuffer.wrap(value));
        return judge.judge(
                key == null ? null : key.getBytes(UTF_8),
                Objects.requireNonNull(fetched),
                ingest.toEpochMilli(),
                clockMillis);
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
