package io.weir.metering;

import io.weir.billing.BillLine;
import io.weir.billing.ControlRecord;
import io.weir.billing.HeldLine;
import io.weir.metering.control.ControlLog;
import io.weir.metering.intake.OutcomeCounts;
import io.weir.usage.MeteredUsage;
import io.weir.usage.MeteringProgress;
import io.weir.usage.RejectedUsage;
import io.weir.usage.UsageEvent;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.AvroSerializer;
import io.weir.wire.SchemaRegistry;
import io.weir.wire.Topic;
import io.weir.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;

/** The whole line in memory, on one partition: usage and control records go in, lines and all the rest come out. */
public final class MeteringDriver implements AutoCloseable {

    /** How long after its end a day stays open here. */
    public static final Duration GRACE = Duration.ofHours(1);

    private static final Duration SLICE = Duration.ofMillis(50);

    private final Map<String, ?> wire = Map.of("schema.registry.url", "mock://" + UUID.randomUUID());
    private final PartitionReports reports = new PartitionReports();
    private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte @Nullable [], byte @Nullable []> usage;
    private final TestInputTopic<byte[], byte[]> control;
    private final TestOutputTopic<String, BillLine> lines;
    private final TestOutputTopic<String, HeldLine> held;
    private final TestOutputTopic<String, RejectedUsage> rejected;
    private final TestOutputTopic<String, MeteredUsage> metered;
    private final TestOutputTopic<String, MeteringProgress> progress;

    /** A line that has read nothing yet and keeps its state in this folder. */
    public MeteringDriver(Path stateFolder) {
        serializer.configure(wire, false);
        ControlLog log = new ControlLog(Topics.CONTROL.name(), this.<ControlRecord>deserializer());
        MeteringTopology topology = new MeteringTopology(log, SchemaRegistry.of(wire), serializer, reports, GRACE, 1);
        driver = new TopologyTestDriver(topology.build(), properties(stateFolder), Instant.EPOCH);
        usage = driver.createInputTopic(
                Topics.USAGE_EVENTS.name(), new ByteArraySerializer(), new ByteArraySerializer());
        control = driver.createInputTopic(Topics.CONTROL.name(), new ByteArraySerializer(), new ByteArraySerializer());
        lines = output(Topics.BILL_LINES);
        held = output(Topics.HELD_LINES);
        rejected = output(Topics.REJECTED_USAGE);
        metered = output(Topics.METERED_USAGE);
        progress = output(Topics.METERING_PROGRESS);
    }

    private static Properties properties(Path stateFolder) {
        Properties properties = new Properties();
        properties.put("application.id", "weir-metering");
        properties.put("bootstrap.servers", "none:9092");
        properties.put("processing.guarantee", "exactly_once_v2");
        properties.put("state.dir", stateFolder.toString());
        return properties;
    }

    private <T extends SpecificRecord> AvroDeserializer<T> deserializer() {
        AvroDeserializer<T> deserializer = new AvroDeserializer<>();
        deserializer.configure(wire, false);
        return deserializer;
    }

    private <T extends SpecificRecord> TestOutputTopic<String, T> output(Topic topic) {
        return driver.createOutputTopic(topic.name(), new StringDeserializer(), this.<T>deserializer());
    }

    /** A change of bindings, accounts or prices is recorded. */
    public void record(SpecificRecord change) {
        byte[] value = serializer.serialize(Topics.CONTROL.name(), new ControlRecord(change));
        control.pipeInput("any".getBytes(java.nio.charset.StandardCharsets.UTF_8), value);
    }

    /** A producer's event arrives under its workspace's key. */
    public void arrive(Instant ingest, UsageEvent event) {
        arrive(ingest, event.getWorkspaceId(), event);
    }

    /** A producer's event arrives under some key. */
    public void arrive(Instant ingest, @Nullable String key, UsageEvent event) {
        arrive(ingest, key, serializer.serialize(Topics.USAGE_EVENTS.name(), event));
    }

    /** Bytes arrive under some key; null is a heartbeat. */
    public void arrive(Instant ingest, @Nullable String key, byte @Nullable [] value) {
        usage.pipeInput(key == null ? null : key.getBytes(java.nio.charset.StandardCharsets.UTF_8), value, ingest);
    }

    /** The clock moves to this instant, and all that is due is done. */
    public void tick(Instant ingest) {
        arrive(ingest, null, (byte[]) null);
        for (int slice = 0; slice < 100; slice++) {
            driver.advanceWallClockTime(SLICE);
        }
    }

    /** The lines issued since this was last asked. */
    public List<BillLine> lines() {
        return lines.readValuesToList();
    }

    /** What was held, or held no more, since this was last asked. */
    public List<HeldLine> held() {
        return held.readValuesToList();
    }

    /** The records refused since this was last asked. */
    public List<RejectedUsage> rejected() {
        return rejected.readValuesToList();
    }

    /** The hourly totals issued since this was last asked. */
    public List<MeteredUsage> metered() {
        return metered.readValuesToList();
    }

    /** The reports of progress since this was last asked. */
    public List<MeteringProgress> progress() {
        return progress.readValuesToList();
    }

    /** How many records had which outcome. */
    public OutcomeCounts counts() {
        return java.util.Objects.requireNonNull(reports.all().get(0)).counts();
    }

    @Override
    public void close() {
        driver.close();
    }
}
