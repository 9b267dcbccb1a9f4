package io.weir.deploy.installation;

import io.weir.deploy.console.Failure;
import io.weir.wire.Topics;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Writes records to {@code usage-events}, as they are, to the partition to which their key belongs. */
public final class UsageWriter implements AutoCloseable {

    private final @Nullable Producer<byte[], byte[]> producer;
    private final @Nullable Arrival arrival;
    private final AtomicReference<@Nullable Exception> refused = new AtomicReference<>();

    private UsageWriter(@Nullable Producer<byte[], byte[]> producer, @Nullable Arrival arrival) {
        this.producer = producer;
        this.arrival = arrival;
    }

    /** Writes to the broker, acknowledged by all replicas. */
    public static UsageWriter to(Cluster cluster) {
        Arrival arrival = Arrival.on(cluster);
        return new UsageWriter(cluster.producer(Topics.USAGE_EVENTS.largestRecordBytes()), arrival);
    }

    /** Writes nothing. */
    public static UsageWriter dryRun() {
        return new UsageWriter(null, null);
    }

    /** Writes a record, soon. */
    public void send(byte[] key, byte[] value) {
        if (producer == null) {
            return;
        }
        requireNoneRefused();
        Long ingestMillis = Objects.requireNonNull(arrival).ingestMillis(key);
        Future<RecordMetadata> unused = producer.send(
                new ProducerRecord<>(Topics.USAGE_EVENTS.name(), null, ingestMillis, key, value),
                (where, failure) -> refused.compareAndSet(null, failure));
    }

    /** Waits until the broker has all of them. */
    public void awaitAll() {
        if (producer != null) {
            producer.flush();
            requireNoneRefused();
        }
    }

    private void requireNoneRefused() {
        Exception failure = refused.get();
        if (failure != null) {
            throw new Failure(
                    "The broker did not take a record: " + failure.getMessage()
                            + ". Send the same again: what it took before becomes DUPLICATE.",
                    failure);
        }
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close();
        }
    }
}
