package io.weir.metering;

import io.weir.metering.control.ControlLog;
import io.weir.metering.control.ControlTable;
import io.weir.metering.intake.AcceptedUsage;
import io.weir.metering.intake.CatchUp;
import io.weir.metering.intake.Gaps;
import io.weir.metering.intake.Judge;
import io.weir.metering.intake.Meters;
import io.weir.metering.intake.Outcome;
import io.weir.metering.intake.PartitionState;
import io.weir.metering.intake.Rejections;
import io.weir.metering.intake.SeenIds;
import io.weir.metering.intake.Sources;
import io.weir.metering.intake.Sweep;
import io.weir.metering.intake.UsageReader;
import io.weir.metering.intake.WriterSchemas;
import io.weir.metering.state.CommitHook;
import io.weir.usage.Reason;
import io.weir.usage.UsageGaps;
import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * First step: decodes, checks and de-duplicates. Each record moves the partition's clock and gets exactly one outcome
 * (rules.md §2, §3, §4); what is accepted goes on to metering, at the time of the clock.
 *
 * <p>Beside the records, in slices, it reports the gaps of sources that are due and removes what is forgotten. A timer drives
 * the slices; it never decides what is due.
 */
final class IntakeProcessor implements Processor<byte[], byte[], Object, Object> {

    /** Under it every commit writes the state of the partition as a whole. */
    static final Bytes STATE_KEY = Bytes.wrap(new byte[] {'i', 'n', 't', 'a', 'k', 'e'});

    private static final Duration SLICE_EVERY = Duration.ofMillis(50);
    private static final Duration SLICE = Duration.ofMillis(10);

    private final ControlLog control;
    private final WriterSchemas schemas;
    private final CommitHook hook;
    private final Origin origin;
    private final PartitionReports reports;

    private ProcessorContext<Object, Object> context;
    private CommitHook.Arm arm;
    private KeyValueStore<Bytes, byte[]> partitionStore;
    private PartitionState partition;
    private Sources sources;
    private SeenIds seenIds;
    private Gaps gaps;
    private Sweep sweep;
    private Meters meters;
    private Judge judge;
    private ControlTable known;
    private @Nullable CatchUp catchUp;

    IntakeProcessor(
            ControlLog control, WriterSchemas schemas, CommitHook hook, Origin origin, PartitionReports reports) {
        this.control = control;
        this.schemas = schemas;
        this.hook = hook;
        this.origin = origin;
        this.reports = reports;
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
        partitionStore = context.getStateStore(MeteringTopology.PARTITION);
        origin.requireFit(partitionStore);
        partition = restored(partitionStore.get(STATE_KEY));
        catchUp = CatchUp.restored(partitionStore);
        KeyValueStore<Bytes, byte[]> sourcesStore = context.getStateStore(MeteringTopology.SOURCES);
        KeyValueStore<Bytes, byte[]> seenIdsStore = context.getStateStore(MeteringTopology.SEEN_IDS);
        gaps = new Gaps(context.getStateStore(MeteringTopology.GAPS), sourcesStore, this::issue);
        sources = new Sources(sourcesStore, gaps);
        seenIds = new SeenIds(seenIdsStore);
        sweep = new Sweep(partitionStore, sourcesStore, seenIdsStore);
        meters = new Meters();
        known = ControlTable.EMPTY;
        judge = new Judge(
                new UsageReader(schemas),
                meters,
                sources,
                seenIds,
                this::isHome,
                workspaceId -> known.siteOfWorkspace(workspaceId).isPresent());
        hook.onCommit(context.taskId(), MeteringTopology.INTAKE, this::writeBack);
        arm = hook.arm(context);
        context.schedule(SLICE_EVERY, PunctuationType.WALL_CLOCK_TIME, any -> punctuate());
        reports.records().arrived(context.taskId().partition(), this, report());
    }

    private PartitionState restored(byte @Nullable [] stored) {
        return stored == null ? new PartitionState(origin.partitions()) : PartitionState.restored(stored);
    }

    /** The clock that the state of a partition remembers, milliseconds UTC. */
    static long clockMillis(KeyValueStore<Bytes, byte[]> partitionStore) {
        byte[] stored = partitionStore.get(STATE_KEY);
        return stored == null ? Long.MIN_VALUE : PartitionState.restored(stored).clockMillis();
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        partition.advanceClock(record.timestamp());
        Reason refusedBefore = catchUp == null ? null : refusedBefore(catchUp);
        if (refusedBefore != null) {
            partition.countRejected(refusedBefore);
            toMetering(null, record);
        } else {
            handle(record);
        }
        arm.last();
    }

    private void handle(Record<byte[], byte[]> record) {
        Outcome outcome = record.value() == null ? Outcome.HEARTBEAT : judge(record, record.value());
        switch (outcome) {
            case HEARTBEAT, DUPLICATE, ACCEPTED -> partition.count(outcome);
            case REROUTED -> {
                partition.count(outcome);
                if (catchUp == null || !catchUp.wasProcessed(offset())) { // else its copy is there
                    context.forward(reroutable(record), MeteringTopology.REROUTED_USAGE);
                }
            }
            case REJECTED -> {
                partition.countRejected(judge.rejection().reason());
                context.forward(refusal(record, record.value()), MeteringTopology.REJECTED_USAGE);
            }
        }
        toMetering(outcome == Outcome.ACCEPTED ? judge.accepted() : null, record);
    }

    /** Of a rebuilt stream: why this record was refused when it was read first, whatever is known now (rules.md §7). */
    private @Nullable Reason refusedBefore(CatchUp past) {
        if (past.endsAt(offset())) {
            catchUp = null;
            return null;
        }
        return past.refusedAt(offset());
    }

    private long offset() {
        return context.recordMetadata().orElseThrow().offset();
    }

    /** Gaps first: the last report of a source must find it. A rebuilt stream that catches up has reported them before. */
    private void punctuate() {
        long clockMillis = partition.clockMillis();
        if (catchUp != null || (!gaps.isDue(clockMillis) && !sweep.isDue(clockMillis))) {
            return;
        }
        Slice slice = Slice.of(SLICE);
        gaps.reportDue(clockMillis, slice);
        if (!gaps.isDue(clockMillis) && sweep.isDue(clockMillis) && sweep.goOn(clockMillis, slice)) {
            sources.letGo();
        }
        arm.last();
    }

    private void issue(UsageGaps report) {
        context.forward(
                new Record<>(report.getWorkspaceId(), report, report.getAsOf().toEpochMilli()),
                MeteringTopology.USAGE_GAPS);
    }

    private Outcome judge(Record<byte[], byte[]> record, byte[] value) {
        refreshControl();
        return judge.judge(record.key(), value, record.timestamp(), partition.clockMillis());
    }

    /** Hands on what was accepted, or else only the clock. */
    private void toMetering(@Nullable AcceptedUsage usage, Record<byte[], byte[]> record) {
        context.forward(
                new Record<>(null, usage, partition.clockMillis(), record.headers()), MeteringTopology.METERING);
    }

    private Record<Object, Object> reroutable(Record<byte[], byte[]> record) {
        return new Record<>(record.key(), record.value(), record.timestamp(), record.headers());
    }

    private Record<Object, Object> refusal(Record<byte[], byte[]> record, byte[] value) {
        return new Record<>(
                Rejections.keyOf(record.key()),
                Rejections.of(
                        judge.rejection(),
                        record.key(),
                        value,
                        record.timestamp(),
                        context.recordMetadata().orElseThrow()),
                record.timestamp());
    }

    private void refreshControl() {
        ControlTable now = control.table();
        if (now.offset() != known.offset()) {
            known = now;
            meters.refresh(now.catalogue().meters().values());
        }
    }

    /** Whether Kafka's default partitioner sends a record with this key to this partition (rules.md §3, check 5). */
    private boolean isHome(byte[] key) {
        return Utils.toPositive(Utils.murmur2(key)) % origin.partitions()
                == context.taskId().partition();
    }

    @Override
    public void close() {
        reports.records().gone(context.taskId().partition(), this);
    }

    private void writeBack() {
        sources.writeBack();
        seenIds.writeBack();
        partitionStore.put(STATE_KEY, partition.stored());
        origin.remember(partitionStore);
        reports.records().tell(context.taskId().partition(), this, report());
    }

    private PartitionReports.Records report() {
        return PartitionReports.Records.of(partition, gaps.missing());
    }
}
