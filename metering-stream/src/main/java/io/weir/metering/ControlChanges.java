package io.weir.metering;

import io.weir.metering.control.ControlLog;
import io.weir.metering.control.ControlTable;
import io.weir.metering.control.Touches;
import io.weir.metering.state.StateReader;
import io.weir.metering.state.StateWriter;
import io.weir.metering.window.Agenda;
import io.weir.metering.window.Agenda.Kind;
import io.weir.metering.window.FullHours;
import io.weir.metering.window.Planner;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the control log into account at each full hour of a partition's clock: the closed days that its changes touch are put
 * on the agenda (rules.md §7). That is a walk over the workspaces, in slices, since a price book touches all of them; a
 * workspace that is needed before its turn is taken out of turn. Which version of the log was worked with, up to where its
 * changes were looked at, and how far the walk has come, is kept with the state.
 */
final class ControlChanges {

    private static final Logger LOG = LoggerFactory.getLogger(ControlChanges.class);
    private static final Bytes KEY = Bytes.wrap(new byte[] {'c', 'o', 'n', 't', 'r', 'o', 'l'});
    private static final int VERSION = 2;
    private static final String BEFORE_ALL = "";
    private static final long NO_CLOCK = Long.MIN_VALUE;

    private final ControlLog control;
    private final Agenda agenda;
    private final Planner planner;
    private final KeyValueStore<Bytes, byte[]> store;
    private final Set<String> outOfTurn = new HashSet<>();
    private ControlTable table = ControlTable.EMPTY;
    private @Nullable Touches touches;
    private long usedOffset = -1;
    private long checkedOffset = -1;
    private long hourMillis = NO_CLOCK;
    private boolean walking;
    private boolean everything;
    private long walkUpTo = -1;
    private String walkedTo = BEFORE_ALL;
    private long changesTooLate;

    ControlChanges(ControlLog control, Agenda agenda, Planner planner, KeyValueStore<Bytes, byte[]> store) {
        this.control = control;
        this.agenda = agenda;
        this.planner = planner;
        this.store = store;
        byte[] stored = store.get(KEY);
        if (stored != null) {
            restore(new StateReader(stored, VERSION));
        }
    }

    private void restore(StateReader in) {
        usedOffset = in.number();
        checkedOffset = in.number();
        hourMillis = in.number();
        if (in.hasMore()) { // since version 2
            walking = in.number() == 1;
            everything = in.number() == 1;
            walkUpTo = in.number();
            walkedTo = in.text();
        }
    }

    private void store() {
        store.put(
                KEY,
                new StateWriter(VERSION)
                        .number(usedOffset)
                        .number(checkedOffset)
                        .number(hourMillis)
                        .number(walking ? 1 : 0)
                        .number(everything ? 1 : 0)
                        .number(walkUpTo)
                        .text(walkedTo)
                        .bytes());
    }

    /** Whether this instance knows less of the log than the task has worked with, as after a move: then lines wait. */
    boolean tableIsBehind() {
        return table.offset() < usedOffset;
    }

    /** Whether there are workspaces whose touched days are not on the agenda yet. */
    boolean isWalking() {
        return walking;
    }

    /** The version that is worked with since {@link #follow} was last called. */
    ControlTable table() {
        return table;
    }

    /** Notes which version is worked with; at a full hour that was not there before, begins to look what has changed. */
    void follow(long clockMillis) {
        table = control.table();
        if (clockMillis == NO_CLOCK) {
            return;
        }
        long now = FullHours.atOrBefore(clockMillis);
        if (tableIsBehind() || (table.offset() == usedOffset && now <= hourMillis)) {
            return;
        }
        usedOffset = table.offset();
        if (now > hourMillis) {
            hourMillis = now;
            beginUnlessUnderWay();
        }
        store();
    }

    /** Puts every closed day on the agenda, as if everything had changed. */
    void correctEverything() {
        begin(true);
        store();
    }

    /** A walk that is not over begins anew where more has changed, so that no day is let go before it is corrected. */
    private void beginUnlessUnderWay() {
        tellTooLate(table.touchesBetween(Math.max(checkedOffset, walkUpTo), usedOffset));
        if (!walking || !table.touchesBetween(walkUpTo, usedOffset).isEmpty()) {
            begin(walking && everything);
        }
    }

    /** A change counts from its own date, but days that are no longer kept are not corrected (rules.md §2): somebody must know. */
    private void tellTooLate(Touches changes) {
        LocalDate keptFrom = planner.keptFrom(hourMillis);
        if (checkedOffset < 0) { // no day has closed before these changes were known
            return;
        }
        changes.before(keptFrom).forEach((workspaceId, from) -> {
            changesTooLate++;
            LOG.warn(
                    "Changes of {} up to offset {} of the control log count from {} on, but days before {} are no longer kept and are not corrected",
                    workspaceId.isEmpty() ? "all workspaces" : workspaceId,
                    usedOffset,
                    from,
                    keptFrom);
        });
    }

    /** How many changes, since this task started, date back to days that are no longer kept. */
    long changesTooLate() {
        return changesTooLate;
    }

    private void begin(boolean withEverything) {
        walkUpTo = usedOffset;
        everything = withEverything;
        walkedTo = BEFORE_ALL;
        outOfTurn.clear();
        touches = touches();
        walking = !touches.isEmpty();
        if (!walking) {
            checkedOffset = walkUpTo;
        }
    }

    private Touches touches() {
        return everything ? Touches.everything() : table.touchesBetween(checkedOffset, walkUpTo);
    }

    /** Goes on with the walk until the slice is over. */
    void walk(BooleanSupplier isOver) {
        if (!walking || tableIsBehind()) {
            return;
        }
        Iterator<String> rest = rest();
        while (rest.hasNext() && !isOver.getAsBoolean()) {
            String workspaceId = rest.next();
            putOnAgenda(agenda.of(workspaceId));
            walkedTo = workspaceId;
        }
        if (!rest.hasNext()) {
            checkedOffset = Math.max(checkedOffset, walkUpTo);
            walking = false;
            outOfTurn.clear();
        }
        store();
    }

    private Iterator<String> rest() {
        Touches walked = touchesOfWalk();
        return (walked.isForEverybody() ? agenda.workspacesAfter(walkedTo) : walked.workspacesAfter(walkedTo))
                .iterator();
    }

    /** Read again after a start, as soon as the table is not behind. */
    private Touches touchesOfWalk() {
        Touches walked = touches == null ? touches() : touches;
        touches = walked;
        return walked;
    }

    /** Takes a workspace out of turn, so that what is due for it can be done. */
    void takeIn(Agenda.Plan plan) {
        String workspaceId = plan.workspaceId();
        if (walking && workspaceId.compareTo(walkedTo) > 0 && outOfTurn.add(workspaceId)) {
            putOnAgenda(plan);
        }
    }

    /** An open day needs nothing: it is rated when it closes. */
    private void putOnAgenda(Agenda.Plan plan) {
        Touches walked = touchesOfWalk();
        for (LocalDate day : plan.days(Kind.FORGET)) {
            if (walked.alter(plan.workspaceId(), day, plan.has(Kind.HELD, day))) {
                plan.at(Kind.CORRECT, day, hourMillis);
            }
        }
    }
}
