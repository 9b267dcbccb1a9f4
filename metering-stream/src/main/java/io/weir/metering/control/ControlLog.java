package io.weir.metering.control;

import io.weir.billing.ControlRecord;
import io.weir.wire.RegistryTrouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control log as this instance knows it: a global store whose content is one immutable {@link ControlTable}, replaced
 * with each record. It lives in memory, so every start reads the log from its first record to its end before any usage.
 */
public final class ControlLog {

    /** Name of the global store. */
    public static final String STORE = "control";

    private static final Logger LOG = LoggerFactory.getLogger(ControlLog.class);

    private final String topic;
    private final Deserializer<ControlRecord> deserializer;
    private final AtomicLong refused = new AtomicLong();
    private volatile ControlTable table = ControlTable.EMPTY;

    /**
     * @param topic the topic's name
     * @param deserializer reads its values
     */
    public ControlLog(String topic, Deserializer<ControlRecord> deserializer) {
        this.topic = topic;
        this.deserializer = deserializer;
    }

    /** All that is known now. */
    public ControlTable table() {
        return table;
    }

    /** How many records were refused, counted anew at each start. */
    public long refused() {
        return refused.get();
    }

    /** The global store: it keeps nothing but the offset, since the table is what was read. */
    public StoreBuilder<?> store() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled();
    }

    /** Takes each record in. */
    public Processor<byte[], byte[], Void, Void> reader() {
        return new Reader();
    }

    /** Takes a record of the log in; called in the order of the log. */
    public void take(long offset, byte @Nullable [] key, byte @Nullable [] value) {
        if (key == null || value == null) { // at a start, Kafka passes over those without a key
            refuse(offset, "a record without a key or a value");
        } else {
            take(offset, value);
        }
    }

    private void take(long offset, byte[] value) {
        if (offset <= table.offset()) {
            return; // the global consumer reads again from the start after its thread was replaced
        }
        try {
            table = table.with(offset, read(value));
        } catch (Refused contradiction) {
            refuse(offset, contradiction.rule());
        } catch (SerializationException unreadable) {
            refuse(offset, unreadable.toString());
        }
    }

    /** Waits for the registry as long as it takes: without the control log there is no judging. */
    private ControlRecord read(byte[] value) {
        while (true) {
            try {
                return deserializer.deserialize(topic, value);
            } catch (RuntimeException failed) {
                if (!RegistryTrouble.isBehind(failed)) {
                    throw failed;
                }
                LOG.warn("Waiting for the schema registry, to read {}: {}", topic, failed.getMessage());
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException stopped) {
            throw new InterruptException(stopped);
        }
    }

    private void refuse(long offset, String why) {
        refused.incrementAndGet();
        table = table.at(offset);
        LOG.error("Refused control record at {} offset {}: {}. What stood before stays.", topic, offset, why);
    }

    private final class Reader implements Processor<byte[], byte[], Void, Void> {

        private ProcessorContext<Void, Void> context;

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            this.context = context;
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            take(context.recordMetadata().orElseThrow().offset(), record.key(), record.value());
        }
    }
}
