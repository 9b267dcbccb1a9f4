package io.weir.metering.rebuild;

import io.weir.metering.MeteringConfig;
import io.weir.metering.intake.CatchUp;
import io.weir.usage.MeteringProgress;
import io.weir.wire.Topic;
import io.weir.wire.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The stream whose state is lost: how far it had come, as the topics and its consumer group tell.
 *
 * @param admin asks the broker
 * @param config its settings
 */
record OldStream(Admin admin, MeteringConfig config) {

    private static final List<Topic> WRITTEN =
            List.of(Topics.BILL_LINES, Topics.HELD_LINES, Topics.REJECTED_USAGE, Topics.METERING_PROGRESS);
    private static final int MOST_PAUSES = 60;
    private static final long PAUSE_SECONDS = 2;

    /** Refuses while an instance of it is at work. */
    void requireStopped() {
        int members = members(config.applicationId());
        if (members > 0) {
            throw new RebuildRefused(
                    "%d members of %s are at work: stop all its instances, and wait until the broker misses those that were killed"
                            .formatted(members, config.applicationId()));
        }
    }

    private int members(String group) {
        try {
            ConsumerGroupDescription found =
                    Answers.await(Objects.requireNonNull(admin.describeConsumerGroups(Set.of(group))
                            .describedGroups()
                            .get(group)));
            return found.members().size();
        } catch (GroupIdNotFoundException none) {
            return 0;
        }
    }

    /** Waits until what it has written is committed or taken back: its last transactions end by themselves. */
    void awaitEndOfTransactions() {
        int pauses = 0;
        while (isSomethingOpen()) {
            if (++pauses > MOST_PAUSES) {
                throw new RebuildRefused("a transaction on %s does not end: see kafka-transactions.sh find-hanging"
                        .formatted(WRITTEN.stream().map(config.topics()::of).toList()));
            }
            pause();
        }
    }

    private boolean isSomethingOpen() {
        return WRITTEN.stream().anyMatch(topic -> {
            Set<TopicPartition> all = partitionsOf(topic);
            return !ends(all, IsolationLevel.READ_COMMITTED).equals(ends(all, IsolationLevel.READ_UNCOMMITTED));
        });
    }

    private Map<TopicPartition, Long> ends(Set<TopicPartition> partitions, IsolationLevel isolation) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach(each -> latest.put(each, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        Answers.await(admin.listOffsets(latest, new ListOffsetsOptions(isolation))
                        .all())
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
        } catch (InterruptedException stopped) {
            throw new InterruptException(stopped);
        }
    }

    /** All partitions of {@code usage-events}, in order, with how far it had come. */
    List<Partition> partitions(Map<Integer, MeteringProgress> progress) {
        Set<TopicPartition> usage = partitionsOf(Topics.USAGE_EVENTS);
        Map<TopicPartition, ListOffsetsResultInfo> starts = offsets(usage, OffsetSpec.earliest());
        Map<TopicPartition, ListOffsetsResultInfo> firsts = offsets(usage, OffsetSpec.forTimestamp(0));
        Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(usage, OffsetSpec.latest());
        Map<TopicPartition, ListOffsetsResultInfo> lasts = offsets(usage, OffsetSpec.maxTimestamp());
        Map<TopicPartition, OffsetAndMetadata> positions = positions();
        List<Partition> partitions = new ArrayList<>();
        for (int number = 0; number < usage.size(); number++) {
            TopicPartition partition = new TopicPartition(Topics.USAGE_EVENTS.name(), number);
            OffsetAndMetadata position = positions.get(partition);
            MeteringProgress said = progress.get(number);
            partitions.add(new Partition(
                    number,
                    of(starts, partition).offset(),
                    of(firsts, partition).timestamp(),
                    of(ends, partition).offset(),
                    of(lasts, partition).timestamp(),
                    position == null ? 0 : position.offset(),
                    said == null ? CatchUp.NOTHING_REPORTED : said.getClock().toEpochMilli()));
        }
        return partitions;
    }

    private static ListOffsetsResultInfo of(
            Map<TopicPartition, ListOffsetsResultInfo> offsets, TopicPartition partition) {
        return Objects.requireNonNull(offsets.get(partition));
    }

    private Map<TopicPartition, OffsetAndMetadata> positions() {
        try {
            return Answers.await(admin.listConsumerGroupOffsets(
                            Map.of(config.applicationId(), new ListConsumerGroupOffsetsSpec()),
                            new ListConsumerGroupOffsetsOptions().requireStable(true))
                    .partitionsToOffsetAndMetadata());
        } catch (GroupIdNotFoundException none) {
            return Map.of();
        }
    }

    /** Offset of the first record that is still there, by partition. */
    Map<TopicPartition, ListOffsetsResultInfo> starts(Topic topic) {
        return offsets(partitionsOf(topic), OffsetSpec.earliest());
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(Set<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        partitions.forEach(each -> wanted.put(each, which));
        return Answers.await(admin.listOffsets(wanted).all());
    }

    private Set<TopicPartition> partitionsOf(Topic topic) {
        String name = config.topics().of(topic);
        return Objects.requireNonNull(
                        Answers.await(admin.describeTopics(Set.of(name)).allTopicNames())
                                .get(name))
                .partitions()
                .stream()
                .map(each -> new TopicPartition(name, each.partition()))
                .collect(Collectors.toSet());
    }
}
