package io.weir.deploy.watch;

import io.weir.deploy.stack.Answers;
import io.weir.deploy.stack.Stack;
import io.weir.wire.Topic;
import io.weir.wire.Topics;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** How far topics are written, and how far the metering stream has read. */
public final class Positions implements AutoCloseable {

    private final Stack stack;
    private final Admin admin;
    private final int partitions;

    /** Asks this stack. */
    public Positions(Stack stack) {
        this.stack = stack;
        this.admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, stack.broker().bootstrapServers()));
        this.partitions = stack.partitions();
    }

    /** Per partition of a topic that has as many as {@code usage-events}, the offset after the last record; transaction markers take offsets too. */
    public Map<Integer, Long> ends(Topic topic) {
        return ends(topic, IsolationLevel.READ_UNCOMMITTED);
    }

    /** Number of records of a topic, and of transaction markers among them, that stand behind the begin of an open transaction. */
    public long uncommitted(Topic topic) {
        return behind(ends(topic, IsolationLevel.READ_COMMITTED), ends(topic));
    }

    private Map<Integer, Long> ends(Topic topic, IsolationLevel isolation) {
        Map<TopicPartition, OffsetSpec> all = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(stack.topics().of(topic), partition))
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        return Answers.await(admin.listOffsets(all, new ListOffsetsOptions(isolation))
                        .all())
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        end -> end.getKey().partition(), end -> end.getValue().offset()));
    }

    /** Per partition of usage that the metering stream has read, the offset of the next record. */
    public Map<Integer, Long> metered() {
        return Answers.await(admin.listConsumerGroupOffsets(stack.meteringId()).partitionsToOffsetAndMetadata())
                .entrySet()
                .stream()
                .filter(committed -> committed.getKey().topic().equals(Topics.USAGE_EVENTS.name()))
                .collect(Collectors.toMap(
                        committed -> committed.getKey().partition(),
                        committed -> committed.getValue().offset()));
    }

    /** By how much the positions lie behind the ends, over all partitions. */
    public static long behind(Map<Integer, Long> positions, Map<Integer, Long> ends) {
        return ends.entrySet().stream()
                .mapToLong(end -> end.getValue() - positions.getOrDefault(end.getKey(), 0L))
                .sum();
    }

    @Override
    public void close() {
        admin.close();
    }
}
