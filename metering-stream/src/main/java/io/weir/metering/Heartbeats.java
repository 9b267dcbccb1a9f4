package io.weir.metering;

import io.weir.wire.BrokerRefusal;
import io.weir.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the clocks when traffic stops: a record with a null value to every partition of the usage topic every few seconds
 * (rules.md §2). They carry nothing, so it does no harm that each instance sends them.
 */
final class Heartbeats implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);

    private final MeteringConfig config;
    private final int partitions;
    private final Consumer<BrokerRefusal> refused;
    private final CountDownLatch closing = new CountDownLatch(1);

    /**
     * @param config how often, and how the broker is reached
     * @param partitions number of partitions of {@code usage-events}
     * @param refused told when the broker does not allow them: no clock would move any more when traffic stops
     */
    Heartbeats(MeteringConfig config, int partitions, Consumer<BrokerRefusal> refused) {
        this.config = config;
        this.partitions = partitions;
        this.refused = refused;
    }

    /** Sends until closed; nothing if somebody else moves the clocks. */
    void start() {
        config.heartbeat().ifPresent(interval -> {
            Thread thread = new Thread(() -> beatEvery(interval), "heartbeats");
            thread.setDaemon(true);
            thread.start();
        });
    }

    private void beatEvery(Duration interval) {
        try (Producer<byte[], byte[]> producer = producer()) {
            do {
                beat(producer);
            } while (!closing.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Producer<byte[], byte[]> producer() {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, config.applicationId() + "-heartbeats");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private void beat(Producer<byte[], byte[]> producer) throws InterruptedException {
        List<Future<?>> sent = new ArrayList<>();
        try {
            for (int partition = 0; partition < partitions; partition++) {
                sent.add(producer.send(new ProducerRecord<>(Topics.USAGE_EVENTS.name(), partition, null, null)));
            }
            for (Future<?> each : sent) {
                each.get();
            }
        } catch (ExecutionException | KafkaException away) { // the next beat says the same; only its time matters
            LOG.warn("A heartbeat was not sent: {}", away.getMessage());
            BrokerRefusal.behind(away, "WRITE").ifPresent(refused);
        }
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
