package io.weir.metering;

import io.weir.metering.control.ControlLog;
import io.weir.metering.intake.AcceptedUsage;
import io.weir.metering.intake.CatchUp;
import io.weir.metering.state.CommitHook;
import io.weir.metering.window.Agenda;
import io.weir.metering.window.Planner;
import io.weir.metering.window.WindowTotals;
import io.weir.metering.window.Windows;
import io.weir.metering.window.WorkspaceWindows;
import io.weir.usage.MeteringProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Second step: adds usage up per resource and local hour, and does what is due by the partition's clock (rules.md §2, §5).
 *
 * <p>What is due for a workspace is done before its next event is counted; what is due for others is done in slices soon
 * after. A timer drives the slices; it never decides what is due.
 */
final class MeteringProcessor implements Processor<Object, @Nullable AcceptedUsage, Object, Object> {

    /** From one slice of a thread to its next. */
    static final Duration SLICE_EVERY = Duration.ofMillis(50);

    private static final Duration SLICE = Duration.ofMillis(25);
    private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();

    private final ControlLog control;
    private final CommitHook hook;
    private final Planner planner;
    private final int partitions;
    private final PartitionReports reports;
    private final Turns turns;

    private ProcessorContext<Object, Object> context;
    private CommitHook.Arm arm;
    private Windows windows;
    private Agenda agenda;
    private DueDays dueDays;
    private ControlChanges controlChanges;
    private Map<String, WorkspaceWindows> byId;
    private List<@Nullable WorkspaceWindows> byNumber;
    private long clockMillis;
    private long reportedMinute;
    private @Nullable CatchUp catchUp;
    private boolean readAgain;

    MeteringProcessor(
            ControlLog control,
            CommitHook hook,
            Planner planner,
            int partitions,
            PartitionReports reports,
            Turns turns) {
        this.control = control;
        this.hook = hook;
        this.planner = planner;
        this.partitions = partitions;
        this.reports = reports;
        this.turns = turns;
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
        clockMillis = IntakeProcessor.clockMillis(context.getStateStore(MeteringTopology.PARTITION));
        catchUp = CatchUp.restored(context.getStateStore(MeteringTopology.PARTITION));
        readAgain = false;
        reportedMinute = Long.MIN_VALUE;
        byId = new HashMap<>();
        byNumber = new ArrayList<>();
        windows = new Windows(context.getStateStore(MeteringTopology.WINDOW_TOTALS));
        agenda = new Agenda(context.getStateStore(MeteringTopology.AGENDA));
        controlChanges =
                new ControlChanges(control, agenda, planner, context.getStateStore(MeteringTopology.PARTITION));
        dueDays = new DueDays(
                windows,
                new BilledDays(context.getStateStore(MeteringTopology.BILLED)),
                planner,
                controlChanges::table,
                this::forward);
        hook.onCommit(context.taskId(), MeteringTopology.METERING, this::writeBack);
        arm = hook.arm(context);
        context.schedule(SLICE_EVERY, PunctuationType.WALL_CLOCK_TIME, this::punctuate);
        reports.days().arrived(context.taskId().partition(), this, days());
    }

    @Override
    public void process(Record<Object, @Nullable AcceptedUsage> record) {
        clockMillis = Math.max(clockMillis, record.timestamp());
        controlChanges.follow(clockMillis);
        if (catchUp != null) {
            readAgain |= catchUp.endsAt(offset());
            endCatchUp(catchUp);
        }
        AcceptedUsage usage = record.value();
        if (usage != null) {
            count(usage);
        }
        if (catchUp != null) {
            readAgain |= catchUp.endsAt(offset() + 1);
        }
        reportProgress();
        arm.last();
    }

    private long offset() {
        return context.recordMetadata().orElseThrow().offset();
    }

    private void count(AcceptedUsage usage) {
        WorkspaceWindows workspace = workspaceOf(usage);
        doWhatIsDue(workspace);
        WindowTotals unplanned = windows.add(workspace, usage);
        if (unplanned != null) {
            planner.totalsChanged(workspace, unplanned, clockMillis);
        }
    }

    private void doWhatIsDue(WorkspaceWindows workspace) {
        if (controlChanges.isWalking() && !controlChanges.tableIsBehind()) {
            controlChanges.takeIn(workspace.plan());
        }
        if (workspace.plan().nextDueMillis() <= dueMillis() && !controlChanges.tableIsBehind()) {
            dueDays.doWhatIsDue(workspace, dueMillis());
        }
    }

    /**
     * The clock by which things are due. A rebuilt stream that catches up stays at the clock up to which all was issued: what
     * was due by then is done and not issued again; what is due after it waits.
     */
    private long dueMillis() {
        return catchUp == null ? clockMillis : Math.min(clockMillis, catchUp.reportedMillis());
    }

    /**
     * A rebuilt stream has caught up when all was read again, and all that was due is done again. From here on it issues, and
     * first what differs on any day (rules.md §7).
     */
    private void endCatchUp(CatchUp past) {
        if (readAgain && !isSomethingLeft() && !controlChanges.tableIsBehind()) {
            past.forget(context.getStateStore(MeteringTopology.PARTITION));
            catchUp = null;
            controlChanges.correctEverything();
        }
    }

    private void punctuate(long timerMillis) {
        controlChanges.follow(clockMillis);
        if (catchUp != null) {
            endCatchUp(catchUp);
        }
        if (isSomethingLeft() && turns.take(timerMillis)) {
            doSlice();
            reportProgress();
            arm.last();
        }
    }

    private boolean isSomethingLeft() {
        return controlChanges.isWalking() || agenda.firstDue(dueMillis()) != null;
    }

    /** Does what is due for some workspaces. */
    private void doSlice() {
        Slice slice = Slice.of(SLICE);
        controlChanges.walk(slice);
        Agenda.Plan due = agenda.firstDue(dueMillis());
        while (due != null && !controlChanges.tableIsBehind() && !slice.getAsBoolean()) {
            doWhatIsDue(workspaceOf(due.workspaceId()));
            due = agenda.firstDue(dueMillis());
        }
    }

    /** Says how far the partition is metered, each minute of its clock, once nothing is due. */
    private void reportProgress() {
        long minute = Math.floorDiv(clockMillis, MINUTE_MILLIS);
        if (minute > reportedMinute && catchUp == null && !isSomethingLeft() && !controlChanges.tableIsBehind()) {
            reportedMinute = minute;
            int partition = context.taskId().partition();
            Instant clock = Instant.ofEpochMilli(clockMillis);
            MeteringProgress progress =
                    new MeteringProgress(partition, partitions, clock, clock.minus(planner.grace()));
            forward(Integer.toString(partition), progress, MeteringTopology.METERING_PROGRESS);
        }
    }

    /** Issues, except while a rebuilt stream catches up: then it was issued before. */
    private void forward(String key, Object value, String to) {
        if (catchUp == null) {
            context.forward(new Record<>(key, value, clockMillis), to);
        }
    }

    private void writeBack() {
        windows.writeBack();
        reports.days().tell(context.taskId().partition(), this, days());
    }

    private PartitionReports.Days days() {
        return PartitionReports.Days.of(agenda, planner.grace(), clockMillis, controlChanges.changesTooLate());
    }

    @Override
    public void close() {
        reports.days().gone(context.taskId().partition(), this);
    }

    private WorkspaceWindows workspaceOf(AcceptedUsage usage) {
        int number = usage.workspace().number();
        while (byNumber.size() <= number) {
            byNumber.add(null);
        }
        WorkspaceWindows known = byNumber.get(number);
        if (known == null) {
            known = workspaceOf(usage.workspace().id());
            byNumber.set(number, known);
        }
        return known;
    }

    private WorkspaceWindows workspaceOf(String workspaceId) {
        return byId.computeIfAbsent(
                workspaceId,
                id -> new WorkspaceWindows(
                        id,
                        controlChanges.table().siteOfWorkspace(id).orElseThrow().hours(),
                        agenda.of(id)));
    }
}
