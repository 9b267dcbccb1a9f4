package io.weir.metering.state;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * The smallest application that needs the commit hook: counts its records by key on the heap, and writes the counts
 * back with the offset up to which they hold. Its stores therefore say whether they agree with the offsets that were
 * committed with them.
 *
 * <p>Commands in a record's value: {@code commit} requests one, {@code crash} fails once, after half of the change was
 * made.
 */
final class Tally {

    static final String COUNTS = "counts";
    static final String POSITION = "position";

    /** One entry for each write-back: its task, and how many records its live state had seen. */
    final ConcurrentLinkedQueue<String> writeBacks = new ConcurrentLinkedQueue<>();

    /** One entry for each init of a processor, with the offset up to which the state held that it loaded. */
    final ConcurrentLinkedQueue<String> loads = new ConcurrentLinkedQueue<>();

    /** Offsets met by a state that was not made of exactly the records below them. */
    final ConcurrentLinkedQueue<String> contradictions = new ConcurrentLinkedQueue<>();

    /** Records processed since this object exists, some of them perhaps more than once. */
    final AtomicLong processed = new AtomicLong();

    private final Set<String> failedOnce = new HashSet<>();
    private final CommitHook hook = new CommitHook();
    private final Consumer<TaskId> justBefore;
    private final Consumer<TaskId> justAfter;

    Tally() {
        this(task -> {}, task -> {});
    }

    /** Runs something of the test's own in every commit, around the write-back. */
    Tally(Consumer<TaskId> justBefore, Consumer<TaskId> justAfter) {
        this.justBefore = justBefore;
        this.justAfter = justAfter;
    }

    Topology topology(String input, String output) {
        Topology topology = new Topology();
        topology.addSource(
                "input", Serdes.String().deserializer(), Serdes.String().deserializer(), input);
        topology.addProcessor("tally", Counter::new, "input");
        topology.addStateStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(COUNTS), Serdes.String(), Serdes.Long())
                        .withCachingDisabled()
                        .withLoggingEnabled(Map.of()),
                "tally");
        topology.addStateStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(POSITION), Serdes.String(), Serdes.Long())
                        .withCachingDisabled()
                        .withLoggingEnabled(Map.of()),
                "tally");
        topology.addStateStore(hook.store(), "tally");
        topology.addSink(
                "output", output, Serdes.String().serializer(), Serdes.String().serializer(), "tally");
        return topology;
    }

    /** Settings under which nothing commits by itself for minutes. */
    static Properties settings(String applicationId, String bootstrapServers, String stateDirectory) {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                applicationId,
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                StreamsConfig.STATE_DIR_CONFIG,
                stateDirectory,
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.EXACTLY_ONCE_V2,
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                500_000,
                StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
                1_048_576,
                StreamsConfig.producerPrefix("transaction.timeout.ms"),
                600_000,
                StreamsConfig.consumerPrefix("session.timeout.ms"),
                3_000,
                StreamsConfig.consumerPrefix("heartbeat.interval.ms"),
                500,
                StreamsConfig.consumerPrefix("auto.offset.reset"),
                "earliest"));
        return settings;
    }

    private final class Counter implements Processor<String, String, String, String> {

        private final Map<String, Long> live = new HashMap<>();
        private final Set<String> changed = new HashSet<>();
        private long position;
        private @org.jspecify.annotations.Nullable Task task;

        private record Task(
                ProcessorContext<String, String> context,
                KeyValueStore<String, Long> counts,
                KeyValueStore<String, Long> position,
                CommitHook.Arm arm) {}

        @Override
        public void init(ProcessorContext<String, String> context) {
            Task opened = new Task(
                    context, context.getStateStore(COUNTS), context.getStateStore(POSITION), hook.arm(context));
            task = opened;
            load(opened);
            loads.add(context.taskId() + "=" + position);
            hook.onCommit(context.taskId(), "before", () -> justBefore.accept(context.taskId()));
            hook.onCommit(context.taskId(), "tally", () -> writeBack(opened));
            hook.onCommit(context.taskId(), "after", () -> justAfter.accept(context.taskId()));
        }

        private void load(Task opened) {
            live.clear();
            changed.clear();
            try (KeyValueIterator<String, Long> all = opened.counts.all()) {
                all.forEachRemaining(entry -> live.put(entry.key, entry.value));
            }
            Long stored = opened.position.get(POSITION);
            position = stored == null ? 0 : stored;
        }

        @Override
        public void process(Record<String, String> record) {
            Task opened = java.util.Objects.requireNonNull(task);
            compareWithOffset(opened);
            live.merge(record.key(), 1L, Long::sum);
            changed.add(record.key());
            obey(record.value(), opened);
            position++;
            String partition = Integer.toString(opened.context.taskId().partition());
            opened.context.forward(record.withKey(partition).withValue(record.key() + "=" + live.get(record.key())));
            opened.arm.last();
            processed.incrementAndGet();
        }

        private void compareWithOffset(Task opened) {
            long offset = opened.context.recordMetadata().orElseThrow().offset();
            if (offset != position) {
                contradictions.add(
                        "%s: state of %d records meets offset %d".formatted(opened.context.taskId(), position, offset));
            }
        }

        private void obey(String command, Task opened) {
            switch (command) {
                case "commit" -> opened.context.commit();
                case "crash" -> {
                    if (failedOnce.add(command)) {
                        throw new IllegalStateException("a defect");
                    }
                }
                default -> {}
            }
        }

        private void writeBack(Task opened) {
            changed.forEach(key -> opened.counts.put(key, live.get(key)));
            changed.clear();
            opened.position.put(POSITION, position);
            writeBacks.add(opened.context.taskId() + "=" + position);
        }
    }
}
