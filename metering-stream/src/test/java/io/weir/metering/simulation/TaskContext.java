package io.weir.metering.simulation;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Record;

/** What one processor of a task sees of Kafka Streams. */
final class TaskContext extends BareContext<Object, Object> {

    private final Task task;
    private final String step;

    TaskContext(TaskId id, Task task, String step) {
        super(id);
        this.task = task;
        this.step = step;
    }

    @Override
    public <K, V> void forward(Record<K, V> forwarded) {
        task.childrenOf(step).forEach(child -> forward(forwarded, child));
    }

    @Override
    public <K, V> void forward(Record<K, V> forwarded, String child) {
        task.forward(forwarded, child);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as Kafka declares it
    public <S extends StateStore> S getStateStore(String name) {
        return (S) task.store(name);
    }

    @Override
    public Cancellable schedule(Duration interval, PunctuationType type, Punctuator callback) {
        return task.schedule(callback);
    }
}
