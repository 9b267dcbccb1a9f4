package io.weir.deploy.close;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.deploy.stack.Stack;
import io.weir.usage.RejectedUsage;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Other traffic, to feel a pause of the metering stream by: records that no producer means, sent to each partition again and
 * again. The stream refuses them as soon as it reads them; a reader that does not wait for the commit sees how long that took,
 * up to the 100 ms for which the stream's own producer collects records among it.
 */
final class Probes implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration POLL = Duration.ofMillis(10);

    private final int partitions;
    private final Producer<byte[], byte[]> producer;
    private final Consumer<byte[], RejectedUsage> consumer;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    private final List<Long> waitedMillis = Collections.synchronizedList(new ArrayList<>());
    private volatile Instant ingest;

    /** Begins to send and to read; the records are dated like the clock of the partitions. */
    Probes(Stack stack, Instant ingest) {
        this.partitions = stack.partitions();
        this.ingest = ingest;
        String broker = stack.broker().bootstrapServers();
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        consumer = refusals(broker, stack.registry().url());
        Future<?> unusedSending = threads.scheduleAtFixedRate(this::send, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        Future<?> unusedReading = threads.scheduleWithFixedDelay(this::read, 0, 1, TimeUnit.MILLISECONDS);
    }

    private Consumer<byte[], RejectedUsage> refusals(String broker, String registryUrl) {
        AvroDeserializer<RejectedUsage> values = new AvroDeserializer<>();
        values.configure(Map.of("schema.registry.url", registryUrl), false);
        Consumer<byte[], RejectedUsage> reader = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        broker,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_uncommitted"),
                new ByteArrayDeserializer(),
                values);
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(Topics.REJECTED_USAGE.name(), partition))
                .toList();
        reader.assign(all);
        reader.seekToEnd(all);
        return reader;
    }

    /** From now on the records are dated so. */
    void moveTo(Instant clock) {
        ingest = clock;
    }

    private void send() {
        byte[] moment = Long.toString(System.nanoTime()).getBytes(US_ASCII);
        for (int partition = 0; partition < partitions; partition++) {
            Future<RecordMetadata> unused = producer.send(
                    new ProducerRecord<>(Topics.USAGE_EVENTS.name(), partition, ingest.toEpochMilli(), null, moment));
        }
    }

    private void read() {
        consumer.poll(POLL).forEach(record -> {
            String moment = US_ASCII.decode(record.value().getOriginalValue().duplicate())
                    .toString();
            waitedMillis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - Long.parseLong(moment)));
        });
    }

    /** How long the records that came since this was last asked have waited. */
    Waits waits() {
        synchronized (waitedMillis) {
            Waits waits = Waits.of(waitedMillis);
            waitedMillis.clear();
            return waits;
        }
    }

    /** Ends both threads before what they use. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the probes do not end");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        producer.close();
        consumer.close();
    }
}
