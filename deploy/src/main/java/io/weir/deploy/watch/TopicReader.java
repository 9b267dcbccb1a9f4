package io.weir.deploy.watch;

import static org.apache.kafka.clients.CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ISOLATION_LEVEL_CONFIG;

import io.weir.deploy.stack.Stack;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads a topic from its beginning.
 *
 * @param <T> the records' type
 */
public final class TopicReader<T extends SpecificRecord> implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final Consumer<String, T> consumer;
    private final List<TopicPartition> partitions;

    /** Reads the committed records of so many partitions of a topic of this stack. */
    public TopicReader(Stack stack, Topic topic, int partitions) {
        this(stack, topic, partitions, IsolationLevel.READ_COMMITTED);
    }

    /** Reads so many partitions of a topic of this stack; uncommitted records too if the isolation is such. */
    public TopicReader(Stack stack, Topic topic, int partitions, IsolationLevel isolation) {
        AvroDeserializer<T> values = new AvroDeserializer<>();
        values.configure(Map.of("schema.registry.url", stack.registry().url(), "specific.avro.reader", true), false);
        consumer = new KafkaConsumer<>(
                Map.of(
                        BOOTSTRAP_SERVERS_CONFIG,
                        stack.broker().bootstrapServers(),
                        ISOLATION_LEVEL_CONFIG,
                        isolation.toString()),
                new StringDeserializer(),
                values);
        this.partitions = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(stack.topics().of(topic), partition))
                .toList();
        consumer.assign(this.partitions);
        consumer.seekToBeginning(this.partitions);
    }

    /** What has come since the last reading, after a short wait for more. */
    public List<T> readOn() {
        List<T> records = new ArrayList<>();
        consumer.poll(PATIENCE).forEach(record -> records.add(record.value()));
        return records;
    }

    /** Everything that is on the topic now and has not been read. */
    public List<T> readToEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        List<T> records = new ArrayList<>();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            records.addAll(readOn());
        }
        return records;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
