package io.weir.metering;

import io.weir.metering.control.ControlLog;
import io.weir.metering.control.ControlTable;
import io.weir.metering.control.Touch;
import io.weir.metering.state.StateReader;
import io.weir.metering.state.StateWriter;
import io.weir.metering.window.Agenda;
import io.weir.metering.window.Agenda.Kind;
import io.weir.metering.window.FullHours;
import java.time.LocalDate;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Takes the control log into account at each full hour of a partition's clock: the closed days that its changes touch are put
 * on the agenda (rules.md §7). Which version of the log was worked with, and
 * up to where its changes were looked at, is kept with the state.
 */
final class ControlChanges {

    private static final Bytes KEY = Bytes.wrap(new byte[] {'c', 'o', 'n', 't', 'r', 'o', 'l'});
    private static final int VERSION = 1;

    private final ControlLog control;
    private final Agenda agenda;
    private final KeyValueStore<Bytes, byte[]> store;
    private ControlTable table = ControlTable.EMPTY;
    private long usedOffset = -1;
    private long checkedOffset = -1;
    private long hourMillis = Long.MIN_VALUE;

    ControlChanges(ControlLog control, Agenda agenda, KeyValueStore<Bytes, byte[]> store) {
        this.control = control;
        this.agenda = agenda;
        this.store = store;
        byte[] stored = store.get(KEY);
        if (stored != null) {
            StateReader in = new StateReader(stored, VERSION);
            usedOffset = in.number();
            checkedOffset = in.number();
            hourMillis = in.number();
        }
    }

    /** Whether this instance knows less of the log than the task has worked with, as after a move: then lines wait. */
    boolean tableIsBehind() {
        return table.offset() < usedOffset;
    }

    /** The version that is worked with since {@link #follow} was last called. */
    ControlTable table() {
        return table;
    }

    /** Notes which version is worked with; at a full hour that was not there before, looks what has changed. */
    void follow(long clockMillis) {
        table = control.table();
        long now = FullHours.atOrBefore(clockMillis);
        if (tableIsBehind() || (table.offset() == usedOffset && now <= hourMillis)) {
            return;
        }
        usedOffset = table.offset();
        if (now > hourMillis) {
            table.touchesAfter(checkedOffset).forEach(touch -> correctTouched(touch, now));
            checkedOffset = table.offset();
            hourMillis = now;
        }
        store.put(
                KEY,
                new StateWriter(VERSION)
                        .number(usedOffset)
                        .number(checkedOffset)
                        .number(hourMillis)
                        .bytes());
    }

    /** An open day needs nothing: it is rated when it closes. */
    private void correctTouched(Touch touch, long dueMillis) {
        String workspaceId = touch.workspaceId();
        LocalDate fromDay = touch.fromDay();
        for (Agenda.Plan plan : workspaceId == null ? agenda.plans() : List.of(agenda.of(workspaceId))) {
            plan.days(fromDay == null ? Kind.HELD : Kind.FORGET).stream()
                    .filter(day -> fromDay == null || !day.isBefore(fromDay))
                    .forEach(day -> plan.at(Kind.CORRECT, day, dueMillis));
        }
    }
}
