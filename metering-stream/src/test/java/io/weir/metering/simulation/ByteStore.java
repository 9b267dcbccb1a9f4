package io.weir.metering.simulation;

import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A logged store of one task: what was committed, and above it what its transaction has changed. */
final class ByteStore implements KeyValueStore<Bytes, byte[]> {

    private final String name;
    private final NavigableMap<Bytes, byte[]> committed;
    private final Steps steps;
    private final boolean atOnce;
    private final NavigableMap<Bytes, byte[]> view;
    private final Set<Bytes> changed = new HashSet<>();

    /**
     * @param committed what outlives the task
     * @param atOnce whether each change is committed by itself, as under at-least-once
     */
    ByteStore(String name, NavigableMap<Bytes, byte[]> committed, Steps steps, boolean atOnce) {
        this.name = name;
        this.committed = committed;
        this.steps = steps;
        this.atOnce = atOnce;
        this.view = new TreeMap<>(committed);
    }

    /** What was changed is committed. */
    void commit() {
        for (Bytes key : changed) {
            byte[] value = view.get(key);
            if (value == null) {
                committed.remove(key);
            } else {
                committed.put(key, value);
            }
        }
        changed.clear();
    }

    /** Forgets what was committed, as a store without a changelog does. */
    void forget() {
        view.clear();
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
        steps.step();
        return view.get(key);
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        steps.step();
        if (value == null) {
            view.remove(key);
        } else {
            view.put(key, value.clone());
        }
        changed.add(key);
        if (atOnce) {
            commit();
        }
    }

    @Override
    public byte @Nullable [] putIfAbsent(Bytes key, byte[] value) {
        byte[] before = get(key);
        if (before == null) {
            put(key, value);
        }
        return before;
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public byte @Nullable [] delete(Bytes key) {
        byte[] before = get(key);
        put(key, null);
        return before;
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        steps.step();
        NavigableMap<Bytes, byte[]> behind = from == null ? view : view.tailMap(from, true);
        return new Entries(to == null ? behind : behind.headMap(to, true));
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        steps.step();
        return new Entries(view);
    }

    @Override
    public long approximateNumEntries() {
        return view.size();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {}

    @Override
    public void close() {}

    @Override
    public boolean persistent() {
        return true;
    }

    @Override
    public boolean isOpen() {
        return true;
    }
}
