package io.weir.metering.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/** The entries of a part of a store as they were when it was asked. */
final class Entries implements KeyValueIterator<Bytes, byte[]> {

    private final Deque<KeyValue<Bytes, byte[]>> left = new ArrayDeque<>();

    Entries(Map<Bytes, byte[]> part) {
        part.forEach((key, value) -> left.add(KeyValue.pair(key, value)));
    }

    @Override
    public boolean hasNext() {
        return !left.isEmpty();
    }

    @Override
    public KeyValue<Bytes, byte[]> next() {
        return left.remove();
    }

    @Override
    public Bytes peekNextKey() {
        return left.element().key;
    }

    @Override
    public void close() {}
}
