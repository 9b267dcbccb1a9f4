package io.weir.metering.window;

import io.weir.metering.intake.AcceptedUsage;
import io.weir.metering.state.StateKey;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The totals of all windows of a partition: live on the heap while events come, written back once per commit. Whatever is
 * done with a whole day is done on the store, after the workspace's windows were written there and let go.
 */
public final class Windows {

    private static final int MOST_LIVE = 500_000;

    private final KeyValueStore<Bytes, byte[]> store;
    private final List<WorkspaceWindows> changed = new ArrayList<>();
    private final List<WorkspaceWindows> live = new ArrayList<>();
    private int liveWindows;

    /** Windows in front of this store: workspace, day, window, resource → totals by meter. */
    public Windows(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /**
     * Counts an event in its window.
     *
     * @return the totals, if what follows from their change is not planned yet; else null
     */
    public @Nullable WindowTotals add(WorkspaceWindows workspace, AcceptedUsage usage) {
        ResourceWindows resource = usage.findResource(workspace.resources);
        if (resource == null) {
            resource = takeIn(workspace, usage.resource());
        }
        WindowTotals totals = resource.last;
        if (totals == null || !totals.window().holds(usage.occurredAtMillis())) {
            totals = switchWindow(workspace, resource, usage.occurredAtMillis());
        }
        totals.add(usage);
        if (totals.markChanged()) {
            noteChange(workspace, totals);
        }
        return totals.markPlanned() ? totals : null;
    }

    private ResourceWindows takeIn(WorkspaceWindows workspace, String name) {
        ResourceWindows resource = new ResourceWindows(name);
        if (workspace.resources.size() == 0) {
            live.add(workspace);
        }
        workspace.resources.add(resource);
        return resource;
    }

    private void noteChange(WorkspaceWindows workspace, WindowTotals totals) {
        if (workspace.changed.isEmpty()) {
            changed.add(workspace);
        }
        workspace.changed.add(totals);
    }

    private WindowTotals switchWindow(WorkspaceWindows workspace, ResourceWindows resource, long occurredAtMillis) {
        Window window = workspace.hours().at(occurredAtMillis);
        WindowTotals totals = resource.byStart.computeIfAbsent(
                window.startMillis(), start -> load(workspace, resource.resource, window));
        resource.last = totals;
        return totals;
    }

    private WindowTotals load(WorkspaceWindows workspace, String resource, Window window) {
        liveWindows++;
        byte[] stored = store.get(key(workspace, window, resource));
        return stored == null ? new WindowTotals(resource, window) : WindowTotals.restored(stored);
    }

    /** Writes a workspace's windows to the store and lets them go from the heap. */
    public void letGo(WorkspaceWindows workspace) {
        write(workspace);
        workspace.resources.clear();
    }

    /** The totals of a day, in order of window and resource. The workspace's windows must have been let go. */
    public List<WindowTotals> ofDay(WorkspaceWindows workspace, LocalDate day) {
        List<WindowTotals> totals = new ArrayList<>();
        StateKey prefix = StateKey.of(workspace.workspaceId()).then(day.toEpochDay());
        try (KeyValueIterator<Bytes, byte[]> windows = store.range(prefix.first(), prefix.last())) {
            windows.forEachRemaining(stored -> totals.add(WindowTotals.restored(stored.value)));
        }
        return totals;
    }

    /** Stores totals that were read by {@link #ofDay} and changed. */
    public void store(WorkspaceWindows workspace, WindowTotals totals) {
        store.put(key(workspace, totals.window(), totals.resource()), totals.stored());
    }

    /** Deletes the totals of a day. */
    public void forget(WorkspaceWindows workspace, LocalDate day) {
        for (WindowTotals totals : ofDay(workspace, day)) {
            store.delete(key(workspace, totals.window(), totals.resource()));
        }
    }

    /** Writes what changed, inside the transaction; then nothing on the heap is needed, and a crowd of windows is let go. */
    public void writeBack() {
        changed.forEach(this::write);
        changed.clear();
        if (liveWindows > MOST_LIVE) {
            live.forEach(workspace -> workspace.resources.clear());
            live.clear();
            liveWindows = 0;
        }
    }

    private void write(WorkspaceWindows workspace) {
        for (WindowTotals totals : workspace.changed) {
            store(workspace, totals);
        }
        workspace.changed.clear();
    }

    private static Bytes key(WorkspaceWindows workspace, Window window, String resource) {
        return StateKey.of(workspace.workspaceId())
                .then(window.day().toEpochDay())
                .then(window.startMillis())
                .then(resource)
                .first();
    }
}
