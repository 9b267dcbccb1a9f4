package io.weir.metering.simulation;

import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.CommitCallback;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.StateRestoreCallback;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** What a processor sees of Kafka Streams when it only reads; whatever the line never asks for is refused. */
class BareContext<K, V> implements ProcessorContext<K, V>, StateStoreContext {

    private final TaskId task;
    private Optional<RecordMetadata> record = Optional.empty();

    BareContext(TaskId task) {
        this.task = task;
    }

    /** Which record is being processed; none while a timer runs. */
    void record(Optional<RecordMetadata> now) {
        record = now;
    }

    @Override
    public String applicationId() {
        return "simulation";
    }

    @Override
    public TaskId taskId() {
        return task;
    }

    @Override
    public Optional<RecordMetadata> recordMetadata() {
        return record;
    }

    @Override
    public void register(StateStore store, StateRestoreCallback restore) {}

    @Override
    public void register(StateStore store, StateRestoreCallback restore, CommitCallback commit) {}

    @Override
    public <A extends K, B extends V> void forward(Record<A, B> forwarded) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <A extends K, B extends V> void forward(Record<A, B> forwarded, String child) {
        throw new UnsupportedOperationException();
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // as Kafka declares it
    public <S extends StateStore> S getStateStore(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Cancellable schedule(Duration interval, PunctuationType type, Punctuator callback) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Cancellable schedule(Instant start, Duration interval, PunctuationType type, Punctuator callback) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void commit() {}

    @Override
    public Serde<?> keySerde() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Serde<?> valueSerde() {
        throw new UnsupportedOperationException();
    }

    @Override
    public File stateDir() {
        throw new UnsupportedOperationException();
    }

    @Override
    public StreamsMetrics metrics() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Object> appConfigs() {
        return Map.of();
    }

    @Override
    public Map<String, Object> appConfigsWithPrefix(String prefix) {
        return Map.of();
    }

    @Override
    public long currentSystemTimeMs() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long currentStreamTimeMs() {
        throw new UnsupportedOperationException();
    }
}
