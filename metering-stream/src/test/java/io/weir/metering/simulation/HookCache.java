package io.weir.metering.simulation;

import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The cache above the commit hook's store: keeps its one entry until it is emptied; a cache of size 0 keeps nothing. */
final class HookCache implements KeyValueStore<byte[], byte[]> {

    private static final byte[] ENTRY = {};

    private final KeyValueStore<Bytes, byte[]> beneath;
    private final boolean roomy;
    private boolean full;

    HookCache(KeyValueStore<Bytes, byte[]> beneath, boolean roomy) {
        this.beneath = beneath;
        this.roomy = roomy;
    }

    @Override
    public void put(byte[] key, byte @Nullable [] value) {
        full = true;
        if (!roomy) {
            empty();
        }
    }

    /** What every commit does first, and a crowded cache at any time between two records. */
    void empty() {
        if (full) {
            full = false;
            beneath.put(Bytes.wrap(ENTRY), ENTRY);
        }
    }

    /** The hook works although nobody armed it. */
    void emptyUnarmed() {
        full = true;
        empty();
    }

    /** Whoever armed the hook did so in vain. */
    void disarm() {
        full = false;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        beneath.init(context, root);
    }

    @Override
    public void close() {
        beneath.close();
    }

    @Override
    public String name() {
        return beneath.name();
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return beneath.isOpen();
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return null;
    }

    @Override
    public byte @Nullable [] putIfAbsent(byte[] key, byte[] value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void putAll(List<KeyValue<byte[], byte[]>> entries) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte @Nullable [] delete(byte[] key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public KeyValueIterator<byte[], byte[]> range(byte[] from, byte[] to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public KeyValueIterator<byte[], byte[]> all() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long approximateNumEntries() {
        return full ? 1 : 0;
    }
}
