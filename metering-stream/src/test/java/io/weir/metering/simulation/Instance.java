package io.weir.metering.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.billing.ControlRecord;
import io.weir.metering.LineTopology;
import io.weir.metering.MeteringDriver;
import io.weir.metering.control.ControlLog;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.Topics;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** One process of the application, from its start to its crash: its own copy of the control log, and some tasks. */
final class Instance {

    private static final byte[] ANY_KEY = "any".getBytes(UTF_8);

    /** Its tasks by partition; some may have a new owner and not know it. */
    final Map<Integer, Task> tasks = new TreeMap<>();

    private final Broker broker;
    private final Steps steps;
    private final Settings settings;
    private final RecordedTopology line = new RecordedTopology();
    private final BareContext<Void, Void> controlContext = new BareContext<>(new TaskId(1, 0));
    private final Processor<byte[], byte[], Void, Void> controlReader;
    private int controlRead;

    /** Starts, and reads the control log to its end. */
    Instance(Broker broker, Steps steps, Settings settings) {
        this.broker = broker;
        this.steps = steps;
        this.settings = settings;
        ControlLog control =
                new ControlLog(Topics.CONTROL.name(), new AvroDeserializer<>(Arrival.REGISTRY, ControlRecord.class));
        LineTopology.into(
                line, control, Arrival.REGISTRY, Arrival.RECORDS, MeteringDriver.GRACE, broker.partitions.size());
        controlReader = line.newControlReader();
        controlReader.init(controlContext);
        readAllControl();
    }

    /** One more control record becomes known here, if there is one. */
    void readControl() {
        if (controlRead < broker.control.size()) {
            Bytes value = broker.control.get(controlRead);
            controlContext.record(Optional.of(new At(controlRead++)));
            controlReader.process(new Record<>(ANY_KEY, value.get(), 0));
        }
    }

    /** All that is on the control log becomes known here. */
    void readAllControl() {
        while (controlRead < broker.control.size()) {
            readControl();
        }
    }

    private record At(long offset) implements RecordMetadata {
        @Override
        public String topic() {
            return Topics.CONTROL.name();
        }

        @Override
        public int partition() {
            return 0;
        }
    }

    /** Takes a partition; an old task of it here gives up first. */
    void open(int partition) {
        drop(partition);
        Task task = new Task(broker.partitions.get(partition), broker, line, steps, settings);
        tasks.put(partition, task);
        task.open();
    }

    /** A task gives up without a commit. */
    void drop(int partition) {
        Task old = tasks.remove(partition);
        if (old != null) {
            old.close();
        }
    }
}
