package io.weir.metering;

import io.weir.metering.control.ControlLog;
import io.weir.metering.control.ControlTable;
import io.weir.metering.control.Touch;
import io.weir.metering.intake.AcceptedUsage;
import io.weir.metering.state.CommitHook;
import io.weir.metering.window.Agenda;
import io.weir.metering.window.Agenda.Kind;
import io.weir.metering.window.DayUsage;
import io.weir.metering.window.FullHours;
import io.weir.metering.window.WindowTotals;
import io.weir.metering.window.Windows;
import io.weir.metering.window.WorkspaceWindows;
import io.weir.usage.MeteredUsage;
import io.weir.usage.MeteringProgress;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Second step: adds usage up per resource and local hour, and does what is due by the partition's clock (rules.md §2, §5, §7).
 *
 * <p>What is due for a workspace is done before its next event is counted; what is due for others is done in slices soon
 * after. A timer drives the slices; it never decides what is due.
 */
final class MeteringProcessor implements Processor<Object, @Nullable AcceptedUsage, Object, Object> {

    private static final Bytes STATE_KEY = Bytes.wrap(new byte[] {'m', 'e', 't', 'e', 'r', 'i', 'n', 'g'});
    private static final Duration SLICE_EVERY = Duration.ofMillis(50);
    private static final Duration SLICE = Duration.ofMillis(25);
    private static final Duration KEPT = Duration.ofDays(35);
    private static final long NEVER = Long.MAX_VALUE;

    private final ControlLog control;
    private final CommitHook hook;
    private final Duration grace;
    private final int partitions;

    private ProcessorContext<Object, Object> context;
    private CommitHook.Arm arm;
    private KeyValueStore<Bytes, byte[]> partitionStore;
    private Windows windows;
    private Agenda agenda;
    private BilledDays billedDays;
    private Map<String, WorkspaceWindows> byId;
    private List<@Nullable WorkspaceWindows> byNumber;
    private RatedUpTo rated;
    private long clockMillis;
    private @Nullable MeteringProgress progress;

    MeteringProcessor(ControlLog control, CommitHook hook, Duration grace, int partitions) {
        this.control = control;
        this.hook = hook;
        this.grace = grace;
        this.partitions = partitions;
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
        partitionStore = context.getStateStore(MeteringTopology.PARTITION);
        byte[] stored = partitionStore.get(STATE_KEY);
        rated = stored == null ? RatedUpTo.NOTHING : RatedUpTo.restored(stored);
        clockMillis = Long.MIN_VALUE;
        progress = null;
        windows = new Windows(context.getStateStore(MeteringTopology.WINDOW_TOTALS));
        agenda = new Agenda(context.getStateStore(MeteringTopology.AGENDA));
        billedDays = new BilledDays(context.getStateStore(MeteringTopology.BILLED));
        byId = new HashMap<>();
        byNumber = new ArrayList<>();
        hook.onCommit(context.taskId(), MeteringTopology.METERING, windows::writeBack);
        arm = hook.arm(context);
        context.schedule(SLICE_EVERY, PunctuationType.WALL_CLOCK_TIME, any -> punctuate());
    }

    @Override
    public void process(Record<Object, @Nullable AcceptedUsage> record) {
        advanceClock(record.timestamp());
        AcceptedUsage usage = record.value();
        if (usage == null) {
            slice();
        } else {
            count(usage);
        }
        report();
    }

    private void count(AcceptedUsage usage) {
        WorkspaceWindows workspace = workspaceOf(usage);
        doWhatIsDue(workspace);
        windows.add(workspace, usage, this::plan);
    }

    private void punctuate() {
        if (agenda.firstDue(clockMillis) != null) {
            slice();
            report();
            arm.last();
        }
    }

    /** Does what is due for some workspaces. */
    private void slice() {
        long end = System.nanoTime() + SLICE.toNanos();
        Agenda.Plan due = agenda.firstDue(clockMillis);
        while (due != null && !controlIsBehind() && System.nanoTime() < end) {
            doWhatIsDue(workspaceOf(due.workspaceId()));
            due = agenda.firstDue(clockMillis);
        }
    }

    /** Closes days, corrects them and lets them go, in this order; again as long as that makes something due. */
    private void doWhatIsDue(WorkspaceWindows workspace) {
        Agenda.Plan plan = workspace.plan();
        while (plan.nextDueMillis() <= clockMillis && !controlIsBehind()) {
            windows.letGo(workspace);
            for (Agenda.Entry entry : plan.due(clockMillis)) {
                switch (entry.kind()) {
                    case PUBLISH -> publish(workspace, entry.day());
                    case CLOSE -> close(workspace, entry.day());
                    case CORRECT -> correct(workspace, entry.day());
                    case FORGET -> forget(workspace, entry.day());
                    case HELD -> throw new IllegalStateException("a hold is never due: " + entry);
                }
            }
        }
    }

    /** After a move the instance may know less of the control log than this task has rated with: then lines wait. */
    private boolean controlIsBehind() {
        return control.table().offset() < rated.controlOffset();
    }

    private void publish(WorkspaceWindows workspace, LocalDate day) {
        long next = NEVER;
        for (WindowTotals totals : windows.ofDay(workspace, day)) {
            if (totals.publishAtMillis() <= clockMillis) {
                forward(workspace.workspaceId(), meteredUsage(workspace, totals), MeteringTopology.METERED_USAGE);
                totals.published();
                windows.store(workspace, totals);
            }
            next = Math.min(next, totals.publishAtMillis());
        }
        if (next == NEVER) {
            workspace.plan().done(Kind.PUBLISH, day);
        } else {
            workspace.plan().at(Kind.PUBLISH, day, next);
        }
    }

    private static MeteredUsage meteredUsage(WorkspaceWindows workspace, WindowTotals totals) {
        return new MeteredUsage(
                workspace.workspaceId(),
                totals.resource(),
                Instant.ofEpochMilli(totals.window().startMillis()),
                Instant.ofEpochMilli(totals.window().endMillis()),
                totals.events(),
                totals.meters().stream().map(Lines::total).toList());
    }

    private void close(WorkspaceWindows workspace, LocalDate day) {
        issue(workspace, day, true);
        workspace.plan().done(Kind.CLOSE, day);
        workspace.plan().at(Kind.FORGET, day, forgetAt(workspace, day));
    }

    private void correct(WorkspaceWindows workspace, LocalDate day) {
        issue(workspace, day, false);
        workspace.plan().done(Kind.CORRECT, day);
    }

    private void issue(WorkspaceWindows workspace, LocalDate day, boolean closing) {
        DayUsage usage = new DayUsage(workspace.workspaceId(), day, closing, windows.ofDay(workspace, day));
        forward(workspace.workspaceId(), usage, MeteringTopology.ATTRIBUTION);
        if (billedDays.isHeld(workspace.workspaceId(), day)) {
            workspace.plan().at(Kind.HELD, day, NEVER);
        } else {
            workspace.plan().done(Kind.HELD, day);
        }
    }

    private void forget(WorkspaceWindows workspace, LocalDate day) {
        Agenda.Plan plan = workspace.plan();
        if (plan.has(Kind.CORRECT, day) || plan.has(Kind.HELD, day)) {
            plan.at(Kind.FORGET, day, FullHours.after(clockMillis));
            return;
        }
        windows.forget(workspace, day);
        billedDays.forget(workspace.workspaceId(), day);
        plan.done(Kind.PUBLISH, day);
        plan.done(Kind.FORGET, day);
    }

    /** Puts on the agenda what follows from a change of these totals. */
    private void plan(WorkspaceWindows workspace, WindowTotals totals) {
        Agenda.Plan plan = workspace.plan();
        LocalDate day = totals.window().day();
        if (totals.publishAtMillis() == NEVER) {
            long end = totals.window().endMillis();
            totals.publishAt(clockMillis < end ? FullHours.atOrAfter(end) : FullHours.after(clockMillis));
        }
        plan.atLatest(Kind.PUBLISH, day, totals.publishAtMillis());
        if (plan.has(Kind.CLOSE, day)) {
            return;
        }
        long closeAt = workspace.hours().endOf(day) + grace.toMillis();
        if (clockMillis < closeAt) {
            plan.at(Kind.CLOSE, day, closeAt);
        } else {
            plan.atLatest(Kind.CORRECT, day, FullHours.after(clockMillis));
            plan.atLatest(Kind.FORGET, day, forgetAt(workspace, day));
        }
    }

    private long forgetAt(WorkspaceWindows workspace, LocalDate day) {
        return workspace.hours().endOf(day) + KEPT.plus(grace).toMillis();
    }

    /** Moves the clock; at each full hour of it, takes into account what has changed in the control log. */
    private void advanceClock(long toMillis) {
        clockMillis = Math.max(clockMillis, toMillis);
        long hourMillis = FullHours.atOrBefore(clockMillis);
        if (hourMillis > rated.hourMillis() && !controlIsBehind()) {
            ControlTable table = control.table();
            table.touchesAfter(rated.controlOffset()).forEach(touch -> correctTouched(touch, hourMillis));
            rated = new RatedUpTo(table.offset(), hourMillis);
            partitionStore.put(STATE_KEY, rated.stored());
        }
    }

    /** Puts the closed days that a change touches on the agenda; an open day needs nothing. */
    private void correctTouched(Touch touch, long hourMillis) {
        String workspaceId = touch.workspaceId();
        for (Agenda.Plan plan : workspaceId == null ? agenda.plans() : List.of(agenda.of(workspaceId))) {
            LocalDate fromDay = touch.fromDay();
            plan.days(fromDay == null ? Kind.HELD : Kind.FORGET).stream()
                    .filter(day -> fromDay == null || !day.isBefore(fromDay))
                    .forEach(day -> plan.at(Kind.CORRECT, day, hourMillis));
        }
    }

    /** Says how far the partition is metered, when that has changed by a minute or more. */
    private void report() {
        boolean allIssued = agenda.firstDue(clockMillis) == null && !controlIsBehind();
        MeteringProgress last = progress;
        if (!allIssued) {
            return;
        }
        long minute = clockMillis / Duration.ofMinutes(1).toMillis();
        if (last == null
                || last.getClock().toEpochMilli() / Duration.ofMinutes(1).toMillis() < minute) {
            int partition = context.taskId().partition();
            progress = new MeteringProgress(
                    partition,
                    partitions,
                    Instant.ofEpochMilli(clockMillis),
                    Instant.ofEpochMilli(clockMillis).minus(grace));
            forward(Integer.toString(partition), progress, MeteringTopology.METERING_PROGRESS);
        }
    }

    private void forward(String key, Object value, String to) {
        context.forward(new Record<>(key, value, clockMillis), to);
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
                        id, control.table().siteOfWorkspace(id).orElseThrow().hours(), agenda.of(id)));
    }
}
