package io.weir.metering.intake;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** The sources of all workspaces of a partition: live on the heap, written back once per commit. */
public final class Sources {

    private static final int MOST_LIVE = 200_000;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Gaps gaps;
    private final List<Source> changed = new ArrayList<>();
    private final List<KnownWorkspace> owners = new ArrayList<>();
    private int live;
    private boolean lettingGo;

    /**
     * @param store workspace, source, entry → numbers accepted, last ingest
     * @param gaps reports what is missing
     */
    public Sources(KeyValueStore<Bytes, byte[]> store, Gaps gaps) {
        this.store = store;
        this.gaps = gaps;
    }

    /** The source of an event, from the heap, else from the store, else new. */
    Source of(KnownWorkspace workspace, UsageView usage) {
        Source source = workspace.sources.find(usage.bytes, usage.sourceFrom, usage.sourceLength);
        return source != null ? source : load(workspace, usage);
    }

    private Source load(KnownWorkspace workspace, UsageView usage) {
        Source source = new Source(workspace.id(), usage.source());
        source.readFrom(store);
        gaps.isLive(source);
        if (workspace.sources.size() == 0) {
            owners.add(workspace);
        }
        workspace.sources.add(source);
        live++;
        return source;
    }

    /** Takes a number of the source in; false if it was accepted before. What is to be reported by the clock comes first. */
    boolean accept(Source source, long sequence, long ingestMillis, long clockMillis) {
        if (source.isTurnedBy(clockMillis)) {
            gaps.report(source, clockMillis);
            source.turn(clockMillis);
            gaps.turned(source);
        }
        if (!source.accept(sequence, ingestMillis)) {
            return false;
        }
        if (source.hasGaps() && source.gap() == null) {
            gaps.watch(source);
        }
        if (source.markChanged()) {
            changed.add(source);
        }
        return true;
    }

    /** How many sources are on the heap. */
    int live() {
        return live;
    }

    /** Lets go of all that is on the heap once it is written: what is needed again is loaded again. */
    public void letGo() {
        lettingGo = true;
    }

    /** Writes what changed, inside the transaction; then nothing on the heap is needed, and a crowd of sources is let go. */
    public void writeBack() {
        for (Source source : changed) {
            source.writeTo(store);
        }
        changed.clear();
        if (live > MOST_LIVE || lettingGo) {
            owners.forEach(workspace -> workspace.sources.clear());
            owners.clear();
            gaps.noneIsLive();
            live = 0;
            lettingGo = false;
        }
    }
}
