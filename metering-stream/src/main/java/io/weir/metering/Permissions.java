package io.weir.metering;

import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import io.weir.wire.BrokerRefusal;
import io.weir.wire.Topic;
import io.weir.wire.TopicNames;
import io.weir.wire.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * What the broker must allow the stream to do. Asked at the start, for much of it is needed only once in a while: a stream that may
 * not write to {@code held-lines} would run for weeks and then stop.
 *
 * @param admin asks the broker
 * @param applicationId names the group
 * @param topics under which names the topics of the catalogue are found
 */
record Permissions(Admin admin, String applicationId, TopicNames topics) {

    private static final Map<Topic, Set<AclOperation>> OF_TOPICS = Map.of(
            Topics.USAGE_EVENTS, Set.of(READ, WRITE, DESCRIBE_CONFIGS),
            Topics.CONTROL, Set.of(READ),
            Topics.REJECTED_USAGE, Set.of(WRITE),
            Topics.USAGE_GAPS, Set.of(WRITE),
            Topics.METERED_USAGE, Set.of(WRITE),
            Topics.METERING_PROGRESS, Set.of(WRITE),
            Topics.BILL_LINES, Set.of(READ, WRITE),
            Topics.HELD_LINES, Set.of(WRITE));
    private static final Set<AclOperation> OF_CHANGELOGS = Set.of(READ, WRITE, DESCRIBE_CONFIGS);

    /**
     * Asks about the topics of the catalogue, these changelogs and the group, as far as they are there.
     *
     * @throws BrokerRefusal naming everything that is missing
     */
    void require(Collection<String> changelogs) throws InterruptedException, ExecutionException {
        SortedMap<String, Set<AclOperation>> needed = new TreeMap<>();
        OF_TOPICS.forEach((topic, operations) -> needed.put(topics.of(topic), operations));
        changelogs.forEach(name -> needed.put(name, OF_CHANGELOGS));
        List<String> missing = new ArrayList<>();
        Map<String, KafkaFuture<TopicDescription>> described = admin.describeTopics(
                        needed.keySet(), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues();
        for (Map.Entry<String, Set<AclOperation>> each : needed.entrySet()) {
            String topic = each.getKey();
            Set<AclOperation> allowed = onTopic(Objects.requireNonNull(described.get(topic)));
            note("topic " + topic, each.getValue(), allowed, missing);
        }
        note("group " + applicationId, Set.of(READ), onGroup(), missing);
        if (!missing.isEmpty()) {
            throw BrokerRefusal.of(missing);
        }
    }

    private static void note(
            String resource, Set<AclOperation> needed, @Nullable Set<AclOperation> allowed, List<String> missing) {
        needed.stream()
                .sorted()
                .filter(operation -> allowed != null && !allowed.contains(operation))
                .forEach(operation -> missing.add(operation + " on " + resource));
    }

    /** Null if the topic is not there yet. */
    private static @Nullable Set<AclOperation> onTopic(KafkaFuture<TopicDescription> described)
            throws InterruptedException, ExecutionException {
        try {
            return described.get().authorizedOperations();
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof TopicAuthorizationException) {
                return Set.of();
            }
            if (refused.getCause() instanceof UnknownTopicOrPartitionException) {
                return null;
            }
            throw refused;
        }
    }

    /** Null if the group is not there yet. */
    private @Nullable Set<AclOperation> onGroup() throws InterruptedException, ExecutionException {
        try {
            return Objects.requireNonNull(admin.describeConsumerGroups(
                                    Set.of(applicationId),
                                    new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
                            .describedGroups()
                            .get(applicationId))
                    .get()
                    .authorizedOperations();
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof GroupAuthorizationException) {
                return Set.of();
            }
            if (refused.getCause() instanceof GroupIdNotFoundException) {
                return null;
            }
            throw refused;
        }
    }
}
