package io.weir.metering;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The committed records of a topic, from the first one to what was its end when the reading began. Transactions that were open
 * then are waited for.
 */
final class CommittedRecords implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Admin admin;
    private final CountDownLatch stopping;
    private final Consumer<byte[], byte[]> consumer;

    /**
     * @param admin asks where topics end
     * @param config how to reach the broker
     * @param stopping released when nobody waits any more
     */
    CommittedRecords(Admin admin, MeteringConfig config, CountDownLatch stopping) {
        this.admin = admin;
        this.stopping = stopping;
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.remove(ConsumerConfig.GROUP_PROTOCOL_CONFIG); // there is no group
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Whether there is one. */
    boolean any(String topic, int partitions) throws InterruptedException, ExecutionException {
        Set<Integer> seen = new HashSet<>();
        read(topic, partitions, record -> seen.add(record.partition()));
        return !seen.isEmpty();
    }

    /** Reads each partition until the predicate has seen enough of it. */
    void read(String topic, int partitions, Predicate<ConsumerRecord<byte[], byte[]>> enough)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, Long> ends = new HashMap<>();
        Offsets.ends(admin, topic, partitions)
                .forEach((partition, end) -> ends.put(new TopicPartition(topic, partition), end));
        consumer.assign(ends.keySet());
        consumer.seekToBeginning(ends.keySet());
        Set<TopicPartition> left = new HashSet<>(ends.keySet());
        leaveAtEnds(left, ends);
        while (!left.isEmpty() && stopping.getCount() > 0) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                TopicPartition partition = new TopicPartition(topic, record.partition());
                if (left.contains(partition) && enough.test(record)) {
                    left.remove(partition);
                }
            }
            leaveAtEnds(left, ends);
            consumer.pause(ends.keySet().stream()
                    .filter(partition -> !left.contains(partition))
                    .collect(Collectors.toSet()));
        }
    }

    private void leaveAtEnds(Set<TopicPartition> left, Map<TopicPartition, Long> ends) {
        left.removeIf(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
