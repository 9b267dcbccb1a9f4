package io.weir.metering;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.billing.BillLine;
import io.weir.billing.ControlRecord;
import io.weir.billing.HeldLine;
import io.weir.metering.control.ControlLog;
import io.weir.metering.intake.BareBytes;
import io.weir.metering.intake.OutcomeCounts;
import io.weir.metering.intake.WriterSchemas;
import io.weir.usage.MeteredUsage;
import io.weir.usage.MeteringProgress;
import io.weir.usage.RejectedUsage;
import io.weir.usage.UsageEvent;
import io.weir.usage.UsageGaps;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.AvroSerializer;
import io.weir.wire.SchemaRegistry;
import io.weir.wire.Topic;
import io.weir.wire.TopicNames;
import io.weir.wire.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The whole line in memory, on one partition: usage and control records go in, lines and all the rest come out. */
public final class MeteringDriver implements AutoCloseable {

    /** How long after its end a day stays open here. */
    public static final Duration GRACE = Duration.ofHours(1);

    private static final String APPLICATION_ID = "weir-metering";
    private static final Duration SLICE = Duration.ofMillis(50);

    private final Map<String, ?> wire = Map.of("schema.registry.url", "mock://" + UUID.randomUUID());
    private final PartitionReports reports = new PartitionReports();
    private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
    private Path stateFolder;
    private final List<byte[]> controlLog = new ArrayList<>();
    private final Output<BillLine> lines = new Output<>(Topics.BILL_LINES);
    private final Output<HeldLine> held = new Output<>(Topics.HELD_LINES);
    private final Output<RejectedUsage> rejected = new Output<>(Topics.REJECTED_USAGE);
    private final Output<MeteredUsage> metered = new Output<>(Topics.METERED_USAGE);
    private final Output<MeteringProgress> progress = new Output<>(Topics.METERING_PROGRESS);
    private final Output<UsageGaps> gaps = new Output<>(Topics.USAGE_GAPS);
    private TopologyTestDriver driver;
    private long arrived;

    /** A line that has read nothing yet and keeps its state in this folder. */
    public MeteringDriver(Path stateFolder) {
        this.stateFolder = stateFolder;
        serializer.configure(wire, false);
        driver = start();
    }

    /** The state is lost, and another application starts on what was written into its stores. */
    public void rebuilt(Path newStateFolder, Map<String, Map<Bytes, byte[]>> seedsByStore) {
        takeOutputs();
        driver.close();
        stateFolder = newStateFolder;
        driver = start();
        seedsByStore.forEach((store, seeds) -> seeds.forEach(driver.<Bytes, byte[]>getKeyValueStore(store)::put));
        restart();
    }

    private TopologyTestDriver start() {
        linkState();
        ControlLog log = new ControlLog(Topics.CONTROL.name(), this.<ControlRecord>deserializer());
        MeteringTopology topology = new MeteringTopology(
                TopicNames.LIVE,
                log,
                new WriterSchemas(SchemaRegistry.of(wire), Duration.ZERO),
                serializer,
                reports,
                GRACE,
                Origin.of(1, Map.of()));
        return new TopologyTestDriver(topology.build(), properties(stateFolder), Instant.EPOCH);
    }

    /** Lets the files of the state outlive the driver, which at its end deletes what it finds in its folder. */
    private void linkState() {
        try {
            Path kept = Files.createDirectories(stateFolder.resolve("kept"));
            Path task =
                    Files.createDirectories(stateFolder.resolve(APPLICATION_ID).resolve("0_0"));
            Files.createSymbolicLink(task.resolve("rocksdb"), kept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The application stops and starts again, on the state it has committed; it reads the control log from its beginning. */
    public void restart() {
        takeOutputs();
        driver.close();
        driver = start();
        controlLog.forEach(this::pipeControl);
    }

    private void takeOutputs() {
        List.of(lines, held, rejected, metered, progress, gaps).forEach(Output::read);
    }

    private static Properties properties(Path stateFolder) {
        Properties properties = new Properties();
        properties.put("application.id", APPLICATION_ID);
        properties.put("bootstrap.servers", "none:9092");
        properties.put("processing.guarantee", "at_least_once");
        properties.put("state.dir", stateFolder.toString());
        return properties;
    }

    private <T extends SpecificRecord> AvroDeserializer<T> deserializer() {
        AvroDeserializer<T> deserializer = new AvroDeserializer<>();
        deserializer.configure(wire, false);
        return deserializer;
    }

    /** A change of bindings, accounts or prices is recorded. */
    public void record(SpecificRecord change) {
        byte[] value = Objects.requireNonNull(serializer.serialize(Topics.CONTROL.name(), new ControlRecord(change)));
        controlLog.add(value);
        pipeControl(value);
    }

    private void pipeControl(byte[] value) {
        driver.createInputTopic(Topics.CONTROL.name(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput("any".getBytes(UTF_8), value);
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
        arrive(ingest, key, value, new RecordHeaders());
    }

    /** Bytes arrive under some key with headers. */
    public void arrive(Instant ingest, @Nullable String key, byte @Nullable [] value, Headers headers) {
        arrived++;
        byte[] keyBytes = key == null ? null : key.getBytes(UTF_8);
        driver.createInputTopic(Topics.USAGE_EVENTS.name(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(keyBytes, fetched(value), headers, ingest));
    }

    /** How many records of usage-events have arrived, heartbeats among them. */
    public long arrived() {
        return arrived;
    }

    /** A value as this release writes it to a topic. */
    public byte[] written(Topic topic, SpecificRecord value) {
        return Objects.requireNonNull(serializer.serialize(topic.name(), value));
    }

    /** The id under which the registry knows a schema of usage events. */
    public int schemaId(Schema schema) {
        return SchemaRegistry.of(wire).register(Topics.USAGE_EVENTS.name() + "-value", schema);
    }

    /** How many entries a store has. */
    public long entries(String store) {
        try (KeyValueIterator<Bytes, byte[]> all =
                driver.<Bytes, byte[]>getKeyValueStore(store).all()) {
            long entries = 0;
            for (; all.hasNext(); entries++) {
                all.next();
            }
            return entries;
        }
    }

    /** The value as the consumer of usage hands it over. */
    private static byte @Nullable [] fetched(byte @Nullable [] value) {
        return new BareBytes().deserialize("any", new RecordHeaders(), value == null ? null : ByteBuffer.wrap(value));
    }

    /** The clock moves to this instant, and all that is due is done. */
    public void tick(Instant ingest) {
        arrive(ingest, null, (byte[]) null);
        doWhatIsDue();
    }

    /** All that is due by now is done. */
    public void doWhatIsDue() {
        runTimer(40);
    }

    /** The timer runs so many times; little is due if a few times are enough. */
    public void runTimer(int times) {
        for (int slice = 0; slice < times; slice++) {
            driver.advanceWallClockTime(SLICE);
        }
    }

    /** The lines issued since this was last asked. */
    public List<BillLine> lines() {
        return lines.take();
    }

    /** What was held, or held no more, since this was last asked. */
    public List<HeldLine> held() {
        return held.take();
    }

    /** The records refused since this was last asked. */
    public List<RejectedUsage> rejected() {
        return rejected.take();
    }

    /** The reports of gaps issued since this was last asked. */
    public List<UsageGaps> gaps() {
        return gaps.take();
    }

    /** The hourly totals issued since this was last asked. */
    public List<MeteredUsage> metered() {
        return metered.take();
    }

    /** The reports of progress since this was last asked. */
    public List<MeteringProgress> progress() {
        return progress.take();
    }

    /** The partition's clock. */
    public Instant clock() {
        return Instant.ofEpochMilli(
                Objects.requireNonNull(reports.records().all().get(0))
                        .clockMillis()
                        .orElseThrow());
    }

    /** A store of the line, as it stands after the last record. */
    public KeyValueStore<Bytes, byte[]> store(String name) {
        return driver.getKeyValueStore(name);
    }

    /** How many records had which outcome. */
    public OutcomeCounts counts() {
        return Objects.requireNonNull(reports.records().all().get(0)).counts();
    }

    /** What the line tells those who watch it. */
    PartitionReports reports() {
        return reports;
    }

    /** How many numbers of sources are missing, by the metric. */
    public long missing() {
        return Objects.requireNonNull(reports.records().all().get(0)).missing().longValueExact();
    }

    /** How many entries a store has. */
    public int stored(String store) {
        int entries = 0;
        try (KeyValueIterator<?, ?> all = driver.getKeyValueStore(store).all()) {
            while (all.hasNext()) {
                all.next();
                entries++;
            }
        }
        return entries;
    }

    @Override
    public void close() {
        driver.close();
    }

    /** What the line wrote to a topic, kept over restarts until it is asked for. */
    private final class Output<T extends SpecificRecord> {

        private final Topic topic;
        private final List<T> unasked = new ArrayList<>();

        private Output(Topic topic) {
            this.topic = topic;
        }

        private void read() {
            unasked.addAll(driver.createOutputTopic(
                            topic.name(), new StringDeserializer(), MeteringDriver.this.<T>deserializer())
                    .readValuesToList());
        }

        private List<T> take() {
            read();
            List<T> taken = List.copyOf(unasked);
            unasked.clear();
            return taken;
        }
    }
}
