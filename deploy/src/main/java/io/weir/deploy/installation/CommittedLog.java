package io.weir.deploy.installation;

import io.weir.deploy.console.Failure;
import io.weir.deploy.stack.Answers;
import io.weir.wire.Topic;
import io.weir.wire.TopicNames;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads partitions from their beginning to their present end, committed records only, one record after the other. It belongs to no
 * group and commits nothing, so nobody notices it.
 */
public final class CommittedLog implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    /** A transaction may stay open for so long before the broker ends it: Kafka's default for its clients, and some rest. */
    private static final Duration STALLED = Duration.ofSeconds(90);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Admin admin;
    private final TopicNames topics;

    CommittedLog(Cluster cluster) {
        Map<String, Object> settings = cluster.settings("consumer.", ConsumerConfig.configNames());
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        admin = cluster.admin();
        topics = cluster.topics();
    }

    /** All partitions of a topic of the catalogue, as this installation has it, in their order. */
    public List<TopicPartition> partitions(Topic topic) {
        return partitions(topics.of(topic));
    }

    private List<TopicPartition> partitions(String topic) {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
            throw new Failure("The broker has no topic " + topic + ". Are these the settings of this installation?");
        }
        return found.stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .sorted(Comparator.comparingInt(TopicPartition::partition))
                .toList();
    }

    /** Offset of the first record that the broker still has. */
    public long beginning(TopicPartition partition) {
        return Objects.requireNonNull(
                consumer.beginningOffsets(Set.of(partition)).get(partition));
    }

    /** Offset behind the last record, whether its transaction is committed yet or not. */
    public long end(TopicPartition partition) {
        return Answers.await(admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                        .partitionResult(partition))
                .offset();
    }

    /** Hands over every committed record of a topic of the catalogue, as this installation has it, partition by partition. */
    public void read(Topic topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        read(topics.of(topic), each);
    }

    /** Hands over every committed record of the topic with just this name, partition by partition. */
    public void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        partitions(topic).forEach(partition -> read(partition, each));
    }

    /**
     * Hands over every committed record of a partition, up to the end that it has now. A transaction that is open there is waited
     * for, since what was committed behind it cannot be seen before.
     */
    public void read(TopicPartition partition, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        long end = end(partition);
        consumer.assign(List.of(partition));
        consumer.seek(partition, beginning(partition));
        long movedNanos = System.nanoTime();
        while (consumer.position(partition) < end) {
            long before = consumer.position(partition);
            consumer.poll(POLL).forEach(record -> {
                if (record.offset() < end) {
                    each.accept(record);
                }
            });
            if (consumer.position(partition) != before) {
                movedNanos = System.nanoTime();
            } else if (System.nanoTime() - movedNanos > STALLED.toNanos()) {
                throw new Failure("%s cannot be read beyond offset %,d of %,d: is a transaction left open?"
                        .formatted(partition, before, end));
            }
        }
    }

    /** The offsets that a consumer group has committed on a topic, by partition. Commits under way are waited for. */
    public Map<Integer, Long> committed(String group, Topic topic) {
        return Answers.await(
                        admin.listConsumerGroupOffsets(group, new ListConsumerGroupOffsetsOptions().requireStable(true))
                                .partitionsToOffsetAndMetadata())
                .entrySet()
                .stream()
                .filter(committed ->
                        committed.getKey().topic().equals(topics.of(topic)) && committed.getValue() != null)
                .collect(Collectors.toMap(
                        committed -> committed.getKey().partition(),
                        committed -> committed.getValue().offset()));
    }

    @Override
    public void close() {
        consumer.close();
        admin.close();
    }
}
