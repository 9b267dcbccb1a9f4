package io.weir.metering.intake;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** The sources of all workspaces of a partition: live on the heap, written back once per commit. */
public final class Sources {

    private static final int MOST_LIVE = 200_000;

    private final KeyValueStore<Bytes, byte[]> store;
    private final List<Source> changed = new ArrayList<>();
    private final List<KnownWorkspace> owners = new ArrayList<>();
    private int live;

    /** Sources in front of this store: workspace, source, entry → numbers accepted, last ingest. */
    public Sources(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** The source of an event, from the heap, else from the store, else new. */
    Source of(KnownWorkspace workspace, UsageView usage) {
        Source source = workspace.sources.find(usage.bytes, usage.sourceFrom, usage.sourceLength);
        return source != null ? source : load(workspace, usage);
    }

    private Source load(KnownWorkspace workspace, UsageView usage) {
        Source source = new Source(workspace.id(), usage.source());
        source.readFrom(store);
        if (workspace.sources.size() == 0) {
            owners.add(workspace);
        }
        workspace.sources.add(source);
        live++;
        return source;
    }

    /** The source has changed and must be written at the next commit. */
    void changed(Source source) {
        if (source.markChanged()) {
            changed.add(source);
        }
    }

    /** Writes what changed, inside the transaction; then nothing on the heap is needed, and a crowd of sources is let go. */
    public void writeBack() {
        for (Source source : changed) {
            source.writeTo(store);
        }
        changed.clear();
        if (live > MOST_LIVE) {
            owners.forEach(workspace -> workspace.sources.clear());
            owners.clear();
            live = 0;
        }
    }
}
