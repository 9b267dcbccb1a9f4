package io.weir.metering;

import io.weir.metering.control.ControlLog;
import io.weir.metering.intake.BareBytes;
import io.weir.metering.intake.WriterSchemas;
import io.weir.metering.state.CommitHook;
import io.weir.metering.window.Planner;
import io.weir.wire.TopicNames;
import io.weir.wire.Topics;
import java.time.Duration;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The whole line from usage to bill lines, in the order in which the data takes its steps. It is one sub-topology and so one
 * transaction: a record's outcome, totals, lines and offset are committed together or not at all.
 */
public final class MeteringTopology {

    static final String INTAKE = "intake";
    static final String METERING = "metering";
    static final String ATTRIBUTION = "attribution";
    static final String RATING = "rating";

    static final String REROUTED_USAGE = "rerouted-usage";
    static final String REJECTED_USAGE = "rejected-usage";
    static final String USAGE_GAPS = "usage-gaps";
    static final String METERED_USAGE = "metered-usage";
    static final String METERING_PROGRESS = "metering-progress";
    static final String BILL_LINES = "bill-lines";
    static final String HELD_LINES = "held-lines";

    /** The store of what is known of a partition as a whole. */
    public static final String PARTITION = "partition";

    static final String SOURCES = "sources";
    static final String SEEN_IDS = "seen-ids";
    static final String GAPS = "gaps";
    static final String WINDOW_TOTALS = "window-totals";
    static final String AGENDA = "agenda";

    /** The store of what was billed and is held. */
    public static final String BILLED = "billed";

    /** The stores with a changelog. */
    static final List<String> LOGGED = List.of(PARTITION, SOURCES, SEEN_IDS, GAPS, WINDOW_TOTALS, AGENDA, BILLED);

    private static final String USAGE_EVENTS = "usage-events";
    private static final String CONTROL_SOURCE = "control-source";
    private static final String CONTROL_READER = "control-reader";

    private final TopicNames topics;
    private final ControlLog control;
    private final WriterSchemas schemas;
    private final Serializer<SpecificRecord> records;
    private final PartitionReports reports;
    private final Planner planner;
    private final Origin origin;
    private final CommitHook hook = new CommitHook();
    private final Turns turns = new Turns(MeteringProcessor.SLICE_EVERY.toMillis());

    /**
     * @param topics under which names its topics are found
     * @param control the control log of this instance
     * @param schemas the schemas with which producers wrote
     * @param records writes the values of all topics that the line writes
     * @param reports told what becomes of the records
     * @param grace how long after its end a day stays open
     * @param origin what the state is built from
     */
    MeteringTopology(
            TopicNames topics,
            ControlLog control,
            WriterSchemas schemas,
            Serializer<SpecificRecord> records,
            PartitionReports reports,
            Duration grace,
            Origin origin) {
        this.topics = topics;
        this.control = control;
        this.schemas = schemas;
        this.records = records;
        this.reports = reports;
        this.planner = new Planner(grace);
        this.origin = origin;
    }

    Topology build() {
        return into(new Topology());
    }

    /** Adds the line's steps, stores and topics to a topology that is empty. */
    Topology into(Topology line) {
        control(line);
        intake(line);
        metering(line);
        attribution(line);
        rating(line);
        stores(line);
        return line;
    }

    /** Beside the line: all that is known of bindings, accounts and prices, read to its end before any usage. */
    private void control(Topology line) {
        line.addGlobalStore(
                control.store(),
                CONTROL_SOURCE,
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topics.of(Topics.CONTROL),
                CONTROL_READER,
                control::reader);
    }

    /** Decode, check, de-duplicate: one outcome for each record. */
    private void intake(Topology line) {
        line.addSource(USAGE_EVENTS, new ByteArrayDeserializer(), new BareBytes(), topics.of(Topics.USAGE_EVENTS));
        line.addProcessor(INTAKE, () -> new IntakeProcessor(control, schemas, hook, origin, reports), USAGE_EVENTS);
        line.addSink(
                REROUTED_USAGE,
                topics.of(Topics.USAGE_EVENTS),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                INTAKE);
        line.addSink(REJECTED_USAGE, topics.of(Topics.REJECTED_USAGE), new StringSerializer(), records, INTAKE);
        line.addSink(USAGE_GAPS, topics.of(Topics.USAGE_GAPS), new StringSerializer(), records, INTAKE);
    }

    /** Hour windows; close the day when the partition's clock says so. */
    private void metering(Topology line) {
        line.addProcessor(
                METERING,
                () -> new MeteringProcessor(control, hook, planner, origin.partitions(), reports, turns),
                INTAKE);
        line.addSink(METERED_USAGE, topics.of(Topics.METERED_USAGE), new StringSerializer(), records, METERING);
        line.addSink(METERING_PROGRESS, topics.of(Topics.METERING_PROGRESS), new StringSerializer(), records, METERING);
    }

    /** Who pays, as of each hour. */
    private void attribution(Topology line) {
        line.addProcessor(ATTRIBUTION, AttributionProcessor::new, METERING);
    }

    /** What it costs now, minus what has been billed. */
    private void rating(Topology line) {
        line.addProcessor(RATING, () -> new RatingProcessor(hook, reports), ATTRIBUTION);
        line.addSink(BILL_LINES, topics.of(Topics.BILL_LINES), new StringSerializer(), records, RATING);
        line.addSink(HELD_LINES, topics.of(Topics.HELD_LINES), new StringSerializer(), records, RATING);
    }

    private void stores(Topology line) {
        line.addStateStore(hook.store(), INTAKE, METERING, RATING);
        line.addStateStore(logged(PARTITION), INTAKE, METERING);
        line.addStateStore(logged(SOURCES), INTAKE);
        line.addStateStore(logged(SEEN_IDS), INTAKE);
        line.addStateStore(logged(GAPS), INTAKE);
        line.addStateStore(logged(WINDOW_TOTALS), METERING);
        line.addStateStore(logged(AGENDA), METERING);
        line.addStateStore(logged(BILLED), METERING, RATING);
    }

    /** A durable store: logged, and without a cache of its own, so that a write-back goes straight into the transaction. */
    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> logged(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled();
    }
}
