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
 * on the agenda (rules.md §7). The offset up to which that was done is kept with the state.
 */
final class ControlChanges {

    private static final Bytes KEY = Bytes.wrap(new byte[] {'c', 'o', 'n', 't', 'r', 'o', 'l'});
    private static final int VERSION = 1;

    private final ControlLog control;
    private final Agenda agenda;
    private final KeyValueStore<Bytes, byte[]> store;
    private long offset = -1;
    private long hourMillis = Long.MIN_VALUE;

    ControlChanges(ControlLog control, Agenda agenda, KeyValueStore<Bytes, byte[]> store) {
        this.control = control;
        this.agenda = agenda;
        this.store = store;
        byte[] stored = store.get(KEY);
        if (stored != null) {
            StateReader in = new StateReader(stored, VERSION);
            offset = in.number();
            hourMillis = in.number();
        }
    }

    /** Whether this instance knows less of the log than the task has rated with, as after a move: then lines wait. */
    boolean tableIsBehind() {
        return control.table().offset() < offset;
    }

    /** At a full hour of the clock that was not there before: looks what has changed since the last one. */
    void catchUp(long clockMillis) {
        long now = FullHours.atOrBefore(clockMillis);
        if (now <= hourMillis || tableIsBehind()) {
            return;
        }
        ControlTable table = control.table();
        table.touchesAfter(offset).forEach(touch -> correctTouched(touch, now));
        offset = table.offset();
        hourMillis = now;
        store.put(
                KEY, new StateWriter(VERSION).number(offset).number(hourMillis).bytes());
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
