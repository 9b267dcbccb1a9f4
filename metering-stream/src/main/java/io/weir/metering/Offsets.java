package io.weir.metering;

import static java.util.stream.Collectors.toMap;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnstableOffsetCommitException;

/** Where topics begin and end, and how far a group has come, by partition. */
final class Offsets {

    private Offsets() {}

    /**
     * What was deleted from the beginning of these topics is missing from every table that is built from them.
     *
     * @throws StartRefused if a partition of the topic begins after offset 0
     */
    static void requireFromFirst(Admin admin, String topic, int partitions)
            throws InterruptedException, ExecutionException {
        firsts(admin, topic, partitions).forEach((partition, first) -> {
            if (first > 0) {
                throw StartRefused.untilRebuilt(
                        "partition %d of %s begins at offset %d: what stood before was deleted, and what was built from it would be wrong"
                                .formatted(partition, topic, first));
            }
        });
    }

    /**
     * Where records were deleted that nobody has read yet, Kafka would read on behind them without a word.
     *
     * @param committed by partition, where reading goes on
     * @throws StartRefused if a partition of the topic begins behind that
     */
    static void requireReadable(Admin admin, String topic, int partitions, Map<Integer, Long> committed)
            throws InterruptedException, ExecutionException {
        firsts(admin, topic, partitions).forEach((partition, first) -> {
            long next = committed.getOrDefault(partition, first);
            if (next < first) {
                throw new StartRefused(
                        "partition %d of %s begins at offset %d, but only those before offset %d were metered: what lies between was never read and would be missing from the bill. Restore the topic; to go on without those records, set the group's offset to %d by hand"
                                .formatted(partition, topic, first, next, first));
            }
        });
    }

    /** The ends of all partitions, records of open transactions included. */
    static SortedMap<Integer, Long> ends(Admin admin, String topic, int partitions)
            throws InterruptedException, ExecutionException {
        return of(admin, topic, partitions, OffsetSpec.latest());
    }

    /** The first offsets that the partitions still have. */
    static SortedMap<Integer, Long> firsts(Admin admin, String topic, int partitions)
            throws InterruptedException, ExecutionException {
        return of(admin, topic, partitions, OffsetSpec.earliest());
    }

    private static SortedMap<Integer, Long> of(Admin admin, String topic, int partitions, OffsetSpec where)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> asked = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(toMap(partition -> partition, partition -> where));
        SortedMap<Integer, Long> offsets = new TreeMap<>();
        admin.listOffsets(asked).all().get().forEach((each, found) -> offsets.put(each.partition(), found.offset()));
        return offsets;
    }

    /**
     * The offsets above 0 that a group has committed.
     *
     * @throws UnstableOffsetCommitException as long as a transaction is open that could still change one of them
     */
    static Map<Integer, Long> committed(Admin admin, String group, String topic, int partitions)
            throws InterruptedException, ExecutionException {
        return committed(admin, group, topic, partitions, true);
    }

    /** The offsets above 0 that a group has committed so far, whatever an open transaction may still make of them. */
    static Map<Integer, Long> committedSoFar(Admin admin, String group, String topic, int partitions)
            throws InterruptedException, ExecutionException {
        return committed(admin, group, topic, partitions, false);
    }

    private static Map<Integer, Long> committed(Admin admin, String group, String topic, int partitions, boolean stable)
            throws InterruptedException, ExecutionException {
        List<TopicPartition> asked = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        try {
            Map<TopicPartition, OffsetAndMetadata> answered = admin.listConsumerGroupOffsets(
                            Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(asked)),
                            new ListConsumerGroupOffsetsOptions().requireStable(stable))
                    .partitionsToOffsetAndMetadata(group)
                    .get();
            return committed(asked, answered);
        } catch (ExecutionException unknown) {
            if (unknown.getCause() instanceof GroupIdNotFoundException) {
                return Map.of();
            }
            throw unknown;
        }
    }

    /** Kafka's client answers with nothing where there is no offset, and leaves out what is not decided yet. */
    private static Map<Integer, Long> committed(
            List<TopicPartition> asked, Map<TopicPartition, OffsetAndMetadata> answered) {
        Map<Integer, Long> offsets = new HashMap<>();
        for (TopicPartition partition : asked) {
            if (!answered.containsKey(partition)) {
                throw new UnstableOffsetCommitException(
                        "the offset of %s is part of a transaction that is not over".formatted(partition));
            }
            OffsetAndMetadata found = answered.get(partition);
            if (found != null && found.offset() > 0) {
                offsets.put(partition.partition(), found.offset());
            }
        }
        return offsets;
    }
}
