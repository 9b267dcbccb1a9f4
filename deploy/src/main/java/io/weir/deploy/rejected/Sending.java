package io.weir.deploy.rejected;

import io.weir.deploy.console.Failure;
import io.weir.deploy.installation.Cluster;
import io.weir.wire.Topics;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Writes records to {@code usage-events} again, unchanged, to the partition to which their key belongs. */
final class Sending implements AutoCloseable {

    private final @Nullable Producer<byte[], byte[]> producer;
    private final @Nullable Arrival arrival;
    private final AtomicReference<@Nullable Exception> refused = new AtomicReference<>();

    private Sending(@Nullable Producer<byte[], byte[]> producer, @Nullable Arrival arrival) {
        this.producer = producer;
        this.arrival = arrival;
    }

    /** Writes to the broker, acknowledged by all replicas. */
    static Sending to(Cluster cluster) {
        Arrival arrival = Arrival.on(cluster);
        return new Sending(cluster.producer(Topics.USAGE_EVENTS.largestRecordBytes()), arrival);
    }

    /** Writes nothing. */
    static Sending dryRun() {
        return new Sending(null, null);
    }

    /** Writes a record, soon. */
    void send(Refusal refusal) {
        if (producer == null) {
            return;
        }
        requireNoneRefused();
        byte[] key = Objects.requireNonNull(refusal.key());
        Long ingestMillis = Objects.requireNonNull(arrival).ingestMillis(key);
        Future<RecordMetadata> unused = producer.send(
                new ProducerRecord<>(Topics.USAGE_EVENTS.name(), null, ingestMillis, key, refusal.value()),
                (where, failure) -> refused.compareAndSet(null, failure));
    }

    /** Waits until the broker has all of them. */
    void awaitAll() {
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
                            + ". Send the selection again: what it took before becomes DUPLICATE.",
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
