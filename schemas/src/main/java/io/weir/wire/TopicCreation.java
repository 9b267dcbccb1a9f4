package io.weir.wire;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates the topics of the catalogue that are missing. One that is there is never altered: what differs from the catalogue is
 * reported, for an operator to decide.
 */
public final class TopicCreation {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Admin admin;
    private final int usagePartitions;
    private final short replication;

    /**
     * @param admin the cluster; not closed here
     * @param usagePartitions number of partitions of {@code usage-events} and of the topics that follow it, 1 or more
     * @param replication number of copies of a topic that is created, 1 or more
     */
    public TopicCreation(Admin admin, int usagePartitions, short replication) {
        this.admin = admin;
        this.usagePartitions = usagePartitions;
        this.replication = replication;
    }

    /**
     * Creates what is missing, waits until the cluster knows it, and compares the rest.
     *
     * @param topics {@link Topics#all()} or {@link Topics#forReplay()}
     * @return one message per difference between a topic that was there before and the catalogue; empty if there is none
     * @throws KafkaException if the cluster refuses or does not answer
     */
    public List<String> create(List<Topic> topics) {
        Set<String> names = await(admin.listTopics().names());
        List<NewTopic> missing = topics.stream()
                .filter(topic -> !names.contains(topic.name()))
                .map(topic -> topic.newTopic(usagePartitions, replication))
                .toList();
        await(admin.createTopics(missing).all());
        awaitKnown(missing.stream().map(NewTopic::name).toList());
        return differences(
                topics.stream().filter(topic -> names.contains(topic.name())).toList());
    }

    /** The controller answers when a topic is created, and the brokers hear of it a moment later. */
    private void awaitKnown(List<String> created) {
        Failsafe.with(RetryPolicy.builder()
                        .handleIf(TopicCreation::isUnknown)
                        .withDelay(PAUSE)
                        .withMaxRetries(-1)
                        .withMaxDuration(PATIENCE)
                        .build())
                .run(() -> await(admin.describeTopics(created).allTopicNames()));
    }

    private static boolean isUnknown(Throwable refused) {
        return refused.getCause() instanceof ExecutionException failed
                && failed.getCause() instanceof UnknownTopicOrPartitionException;
    }

    private List<String> differences(List<Topic> topics) {
        List<String> names = topics.stream().map(Topic::name).toList();
        List<ConfigResource> resources =
                names.stream().map(TopicCreation::resource).toList();
        Map<String, TopicDescription> found = await(admin.describeTopics(names).allTopicNames());
        Map<ConfigResource, Config> configs =
                await(admin.describeConfigs(resources).all());
        return topics.stream()
                .flatMap(topic -> differences(
                        topic,
                        Objects.requireNonNull(found.get(topic.name())),
                        Objects.requireNonNull(configs.get(resource(topic.name())))))
                .toList();
    }

    private Stream<String> differences(Topic topic, TopicDescription found, Config config) {
        List<String> messages = new ArrayList<>();
        int partitions = topic.partitions(usagePartitions);
        if (found.partitions().size() != partitions) {
            messages.add(difference(topic, "partitions", found.partitions().size(), partitions));
        }
        topic.configs().forEach((key, wanted) -> {
            String value = config.get(key).value();
            if (!wanted.equals(value)) {
                messages.add(difference(topic, key, value, wanted));
            }
        });
        return messages.stream();
    }

    private static String difference(Topic topic, String what, Object found, Object wanted) {
        return "topic %s has %s=%s, the catalogue says %s".formatted(topic.name(), what, found, wanted);
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException refused) {
            throw new KafkaException("the topics cannot be created or compared: " + refused.getMessage(), refused);
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }
}
