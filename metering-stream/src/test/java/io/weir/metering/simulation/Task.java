package io.weir.metering.simulation;

import io.weir.metering.intake.AcceptedUsage;
import io.weir.metering.intake.BareBytes;
import io.weir.metering.simulation.Broker.Written;
import io.weir.metering.state.CommitHook;
import io.weir.usage.RejectedUsage;
import io.weir.wire.Topics;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * One partition on one instance, as Kafka Streams runs it: records go through the processors one by one, and a commit first
 * empties the hook's cache and then commits state, outputs and offset in one transaction.
 *
 * <p>A task has a transaction of its own here; in Streams those of a thread share one. They share nothing else, so
 * whatever a common transaction lets happen can happen here too.
 */
final class Task {

    private static final Set<String> IDENTITIES = Set.of("sources", "seen-ids");

    private final TaskId id;
    private final Partition partition;
    private final int generation;
    private final Broker broker;
    private final RecordedTopology line;
    private final Steps steps;
    private final Settings settings;
    private final Map<String, Processor<Object, Object, Object, Object>> processors;
    private final Map<String, TaskContext> contexts = new LinkedHashMap<>();
    private final Map<String, ByteStore> stores = new LinkedHashMap<>();
    private final List<Punctuator> timers = new ArrayList<>();
    private final List<Written> written = new ArrayList<>();
    private final Map<Long, String> outcomes = new TreeMap<>();
    private final HookCache hook;
    private @Nullable String outcome;
    private long position;

    /** A task that takes the partition from its owner. */
    Task(Partition partition, Broker broker, RecordedTopology line, Steps steps, Settings settings) {
        this.id = new TaskId(0, partition.number);
        this.partition = partition;
        this.generation = ++partition.generation;
        this.broker = broker;
        this.line = line;
        this.steps = steps;
        this.settings = settings;
        this.processors = line.processors();
        this.hook = new HookCache(beneathCache(line.newStore(CommitHook.STORE)), settings.roomyCache());
        processors.keySet().forEach(step -> contexts.put(step, new TaskContext(id, this, step)));
    }

    /** Starts from what is committed. */
    void open() {
        stores.clear();
        timers.clear();
        written.clear();
        outcomes.clear();
        position = partition.offset;
        if (settings.weakness() == Weakness.CLOCK_NOT_PERSISTED) {
            partition.forgetClock();
        }
        hook.disarm();
        hook.init(new BareContext<>(id), hook);
        processors.forEach((step, processor) -> processor.init(Objects.requireNonNull(contexts.get(step))));
    }

    @SuppressWarnings("unchecked") // beneath every key-value store lie bytes
    private static KeyValueStore<Bytes, byte[]> beneathCache(StateStore store) {
        StateStore inner = store;
        while (inner instanceof WrappedStateStore<?, ?, ?> wrapper) {
            inner = wrapper.wrapped();
        }
        return (KeyValueStore<Bytes, byte[]>) inner;
    }

    /** The task ends; what was not committed is lost, although the cache is emptied once more, in vain. */
    void close() {
        hook.empty();
        processors.values().forEach(Processor::close);
        hook.close();
    }

    /** Streams found something corrupted: the same processors start again from what is committed. */
    void revive() {
        close();
        open();
    }

    /** The next record to be read; null at the end of the log. */
    @Nullable
    Arrival next() {
        return Broker.at(partition, position);
    }

    /** Reads a record. */
    void process(Arrival arrival, long wallMillis) {
        long timestamp = settings.weakness() == Weakness.WALL_CLOCK
                ? Math.max(wallMillis, arrival.ingestMillis())
                : arrival.ingestMillis();
        steps.step();
        if (settings.weakness() == Weakness.ARMED_FIRST) {
            hook.emptyUnarmed();
        }
        outcome = arrival.value() == null ? "HEARTBEAT" : "DUPLICATE";
        withRecord(
                Optional.of(new At(position, partition.number)),
                () -> Objects.requireNonNull(processors.get(line.first()))
                        .process(new Record<>(
                                bytes(arrival.key()), fetched(arrival.value()), timestamp, new RecordHeaders())));
        outcomes.put(position, outcome);
        position++;
        if (settings.weakness() == Weakness.ARMED_FIRST) {
            hook.disarm();
        }
    }

    private record At(long offset, int partition) implements RecordMetadata {
        @Override
        public String topic() {
            return Topics.USAGE_EVENTS.name();
        }
    }

    private static byte @Nullable [] bytes(@Nullable Bytes bytes) {
        return bytes == null ? null : bytes.get();
    }

    /** The value as the consumer of usage hands it over. */
    private static byte @Nullable [] fetched(@Nullable Bytes value) {
        return new BareBytes()
                .deserialize("any", new RecordHeaders(), value == null ? null : ByteBuffer.wrap(value.get()));
    }

    private void withRecord(Optional<RecordMetadata> record, Runnable action) {
        contexts.values().forEach(context -> context.record(record));
        action.run();
    }

    /** The timers are due. */
    void punctuate(long wallMillis) {
        steps.step();
        withRecord(Optional.empty(), () -> timers.forEach(timer -> timer.punctuate(wallMillis)));
    }

    /** Another task crowds the cache. */
    void crowdCache() {
        hook.empty();
    }

    /** A whole commit; it may crash before and after each of its phases. */
    void commit() {
        steps.step();
        if (settings.weakness() == Weakness.WRITE_BACK_AFTER_COMMIT) {
            commitTransaction();
            steps.step();
            hook.empty();
        } else {
            hook.empty();
            steps.step();
            commitTransaction();
        }
        steps.step();
    }

    private void commitTransaction() {
        broker.commit(partition, generation, position, stores.values(), outcomes, written);
        written.clear();
        outcomes.clear();
    }

    List<String> childrenOf(String step) {
        return line.childrenOf(step);
    }

    /** To the next step, or to a topic. */
    <K, V> void forward(Record<K, V> record, String child) {
        steps.step();
        noteOutcome(record.value());
        Processor<Object, Object, Object, Object> processor = processors.get(child);
        if (processor != null) {
            processor.process(new Record<>(record.key(), record.value(), record.timestamp(), record.headers()));
            return;
        }
        String topic = line.topicOf(child);
        Written output = new Written(topic, partition.number, record.value(), record.timestamp());
        if (broker.showsAtOnce(topic)) {
            broker.show(output);
        } else {
            written.add(output);
        }
    }

    private void noteOutcome(@Nullable Object value) {
        if (value instanceof AcceptedUsage) {
            outcome = "ACCEPTED";
        } else if (value instanceof RejectedUsage rejected) {
            outcome = "REJECTED " + rejected.getReason();
        } else if (value instanceof byte[]) {
            outcome = "REROUTED";
        }
    }

    /** The hook's cache, or a store that is there when it is asked for. */
    StateStore store(String name) {
        return name.equals(CommitHook.STORE) ? hook : stores.computeIfAbsent(name, this::openStore);
    }

    private ByteStore openStore(String name) {
        boolean atOnce = settings.weakness() == Weakness.AT_LEAST_ONCE;
        ByteStore store = new ByteStore(name, partition.store(name), steps, atOnce);
        if (settings.weakness() == Weakness.NO_DEDUPLICATION && IDENTITIES.contains(name)) {
            store.forget();
        }
        return store;
    }

    Cancellable schedule(Punctuator timer) {
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    /** Which partition. */
    int partition() {
        return partition.number;
    }

    /** Whether the partition has a new owner. */
    boolean isZombie() {
        return generation != partition.generation;
    }
}
