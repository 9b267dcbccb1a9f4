package io.weir.metering.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Runs a write-back at the start of every commit of its task, inside the transaction, so that live objects on the heap are as
 * durable as the offsets of the records that changed them.
 *
 * <p><b>Why it works.</b> A commit first empties the cache of every cached store of the task, then flushes the producer, then
 * commits offsets and records in one transaction. The hook is a cached store of at most one entry: a record that changes live
 * state puts that entry, and the emptying of the cache hands it to a store of ours, which runs the actions registered here.
 * What they put into plain logged stores is part of the transaction. Only public API is used, but no contract promises this
 * order: {@code CommitHookTest} and {@code CommitPathsTest} pin it for every way in which a commit happens.
 *
 * <p>{@link StateStore#flush} and {@link StateStore#commit} are no substitute: under exactly-once they run after the
 * transaction, and not at ordinary commits. Neither is a punctuator: commits happen without it.
 *
 * <pre>{@code
 * CommitHook hook = new CommitHook();                            // one for each KafkaStreams
 * topology.addStateStore(hook.store(), "window", "intake");      // every processor that arms or registers
 *
 * init(context):   live.clear(); live.load(totals);
 *                  hook.onCommit(context.taskId(), "window", this::writeBack);
 *                  arm = hook.arm(context);
 * process(event):  change live state; forward; arm.last();
 * writeBack():     for each changed entry: totals.put(key, value)
 * }</pre>
 *
 * <p><b>What its users must respect.</b>
 * <ul>
 *   <li>Arm last, when the record has changed all it will change. If the cache is too small, or its size is 0, the write-back
 *       runs inside {@link Arm#last()} itself; what was changed after it would wait for the next record while its offset is
 *       committed, and a crash would lose it.
 *   <li>The stores written to are logged and have caching disabled: stores are emptied in no promised order, so a cached one
 *       may already have had its turn.
 *   <li>A write-back puts and deletes. It must not forward (there is no current processor during a commit), must not arm, and
 *       must leave nothing changed unwritten. It may run at any time between two records, more than once for one commit, and
 *       for a task that is being closed dirty; then the transaction is aborted and an exception is swallowed.
 *   <li>{@code Processor.init} may run again on the same object, after a corruption or a suspension: it clears live state,
 *       loads it from the stores and registers again. {@code Processor.close} leaves live state alone, and
 *       {@code process} lets no exception pass that a handler would answer with "continue": half a change is live by then.
 *   <li>Changelog records written by a write-back carry the timestamp and the headers of the record that armed the hook.
 * </ul>
 *
 * <p>Safe for several stream threads: a task is registered, armed and written back only on the thread that owns it. One hook
 * serves one {@code KafkaStreams}; a second one in the same process needs a hook, and a topology, of its own.
 */
public final class CommitHook {

    /** The name of the hook's store, to be connected to every processor that registers or arms. It has no changelog. */
    public static final String STORE = "commit-hook";

    private static final byte[] ENTRY = {};

    private final Map<TaskId, HookStore> stores = new ConcurrentHashMap<>();

    /** The store whose emptying starts a commit: one entry, never logged, never read. */
    public StoreBuilder<?> store() {
        return Stores.keyValueStoreBuilder(new HookStoreSupplier(), Serdes.ByteArray(), Serdes.ByteArray())
                .withCachingEnabled()
                .withLoggingDisabled();
    }

    /**
     * Registers what a commit of the task does first; to be called from {@code Processor.init}.
     *
     * <p>Actions run in the order in which their steps were first registered. Registering a step again replaces its action and
     * keeps its place.
     *
     * @param step the name of the processor or of the part of its state, unique within the task
     */
    public void onCommit(TaskId task, String step, Runnable writeBack) {
        storeOf(task).register(step, writeBack);
    }

    /** What a processor of this context's task arms the hook with; to be called from {@code Processor.init}. */
    public Arm arm(ProcessorContext<?, ?> context) {
        return new Arm(context.getStateStore(STORE), storeOf(context.taskId()));
    }

    private HookStore storeOf(TaskId task) {
        HookStore store = stores.get(task);
        if (store == null) {
            throw new IllegalStateException(
                    "%s: no store %s is open in this task; add CommitHook.store() to its topology and connect it"
                            .formatted(task, STORE));
        }
        return store;
    }

    private void opened(TaskId task, HookStore store) {
        HookStore other = stores.putIfAbsent(task, store);
        if (other != null && other != store) {
            throw new IllegalStateException(
                    "%s: another store %s is open; each KafkaStreams needs a CommitHook of its own"
                            .formatted(task, STORE));
        }
    }

    /** Makes sure that the next commit of one task starts with its write-backs. */
    public static final class Arm {

        private final KeyValueStore<byte[], byte[]> cached;
        private final HookStore hook;

        private Arm(KeyValueStore<byte[], byte[]> cached, HookStore hook) {
            this.cached = cached;
            this.hook = hook;
        }

        /**
         * The last thing a processor does with a record (or in a punctuation) that changed live state. Costs a comparison,
         * except for the first time after each write-back.
         */
        public void last() {
            if (!hook.armed) {
                hook.armed = true;
                cached.put(ENTRY, ENTRY);
            }
        }
    }

    private final class HookStoreSupplier implements KeyValueBytesStoreSupplier {

        @Override
        public String name() {
            return STORE;
        }

        @Override
        public KeyValueStore<Bytes, byte[]> get() {
            return new HookStore();
        }

        @Override
        public String metricsScope() {
            return STORE;
        }
    }

    /** What lies beneath the cache: holds nothing, and takes every write as the signal that a commit has begun. */
    private final class HookStore implements KeyValueStore<Bytes, byte[]> {

        private final Map<String, Runnable> writeBacks = new LinkedHashMap<>();
        private @Nullable TaskId task;
        private boolean open;
        private boolean armed;

        void register(String step, Runnable writeBack) {
            // A processor that registers has just loaded its state, so whatever was armed before concerns objects that
            // are gone;
            // the entry itself may have left the cache unnoticed, when the task became a standby for a while.
            armed = false;
            writeBacks.put(step, writeBack);
        }

        @Override
        public void put(Bytes key, byte @Nullable [] value) {
            armed = false;
            writeBacks.values().forEach(Runnable::run);
        }

        @Override
        public void init(StateStoreContext context, StateStore root) {
            task = context.taskId();
            opened(task, this);
            context.register(root, (key, value) -> {});
            open = true;
        }

        @Override
        public void close() {
            open = false;
            if (task != null) {
                stores.remove(task, this);
            }
        }

        @Override
        public String name() {
            return STORE;
        }

        @Override
        public boolean persistent() {
            return false;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public byte @Nullable [] get(Bytes key) {
            return null;
        }

        @Override
        public byte @Nullable [] putIfAbsent(Bytes key, byte[] value) {
            throw neverRead();
        }

        @Override
        public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
            throw neverRead();
        }

        @Override
        public byte @Nullable [] delete(Bytes key) {
            throw neverRead();
        }

        @Override
        public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
            throw neverRead();
        }

        @Override
        public KeyValueIterator<Bytes, byte[]> all() {
            throw neverRead();
        }

        @Override
        public long approximateNumEntries() {
            return 0;
        }

        private UnsupportedOperationException neverRead() {
            return new UnsupportedOperationException(STORE + " holds nothing: it is only put, through CommitHook.Arm");
        }
    }
}
