package io.weir.metering.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** Writes down what the line says of its steps, instead of building what Kafka runs. */
final class RecordedTopology extends Topology {

    private final Map<String, ProcessorSupplier<?, ?, ?, ?>> suppliers = new LinkedHashMap<>();
    private final Map<String, List<String>> childrenOf = new HashMap<>();
    private final Map<String, String> topicOf = new HashMap<>();
    private final Map<String, StoreBuilder<?>> stores = new HashMap<>();
    private @Nullable String source;
    private @Nullable ProcessorSupplier<?, ?, Void, Void> globalReader;

    @Override
    public synchronized <K, V> Topology addSource(
            String name, Deserializer<K> keys, Deserializer<V> values, String... topics) {
        source = name;
        return this;
    }

    @Override
    public synchronized <KIn, VIn, KOut, VOut> Topology addProcessor(
            String name, ProcessorSupplier<KIn, VIn, KOut, VOut> supplier, String... parents) {
        suppliers.put(name, supplier);
        noteChild(name, parents);
        return this;
    }

    @Override
    public synchronized <K, V> Topology addSink(
            String name, String topic, Serializer<K> keys, Serializer<V> values, String... parents) {
        topicOf.put(name, topic);
        noteChild(name, parents);
        return this;
    }

    private void noteChild(String name, String... parents) {
        for (String parent : parents) {
            childrenOf.computeIfAbsent(parent, unknown -> new ArrayList<>()).add(name);
        }
    }

    @Override
    public synchronized <S extends StateStore> Topology addStateStore(StoreBuilder<S> builder, String... processors) {
        stores.put(builder.name(), builder);
        return this;
    }

    @Override
    public synchronized <K, V, S extends StateStore> Topology addGlobalStore(
            StoreBuilder<S> builder,
            String sourceName,
            Deserializer<K> keys,
            Deserializer<V> values,
            String topic,
            String processor,
            ProcessorSupplier<K, V, Void, Void> reader) {
        globalReader = reader;
        return this;
    }

    /** New processors for a task, in the order of the line. */
    Map<String, Processor<Object, Object, Object, Object>> processors() {
        Map<String, Processor<Object, Object, Object, Object>> processors = new LinkedHashMap<>();
        suppliers.forEach((name, supplier) -> processors.put(name, untyped(supplier.get())));
        return processors;
    }

    @SuppressWarnings("unchecked") // whoever built the line has wired what fits
    private static Processor<Object, Object, Object, Object> untyped(Processor<?, ?, ?, ?> processor) {
        return (Processor<Object, Object, Object, Object>) processor;
    }

    /** The step that takes what is read. */
    String first() {
        return childrenOf(Objects.requireNonNull(source)).get(0);
    }

    /** To whom a step may forward. */
    List<String> childrenOf(String step) {
        return childrenOf.getOrDefault(step, List.of());
    }

    /** The topic of a sink; one that is not known here is called like the sink. */
    String topicOf(String sink) {
        return topicOf.getOrDefault(sink, sink);
    }

    /** A new store as the line wants it built. */
    StateStore newStore(String name) {
        return Objects.requireNonNull(stores.get(name), name).build();
    }

    /** A new reader of the control log. */
    @SuppressWarnings("unchecked") // the control log is bytes
    Processor<byte[], byte[], Void, Void> newControlReader() {
        return (Processor<byte[], byte[], Void, Void>)
                Objects.requireNonNull(globalReader).get();
    }
}
