package io.weir.metering;

import io.weir.wire.Topic;
import io.weir.wire.Topics;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the broker and for the topics that the line reads and writes, and refuses what would make the bill wrong.
 *
 * @param admin asks the broker
 * @param config whose state it is, and who moves the clocks
 * @param stopping released when nobody waits any more
 */
record TopicsAtStart(Admin admin, MeteringConfig config, CountDownLatch stopping) {

    private static final Logger LOG = LoggerFactory.getLogger(TopicsAtStart.class);
    private static final long PAUSE_SECONDS = 2;
    private static final String USAGE = Topics.USAGE_EVENTS.name();

    /**
     * The number of partitions of {@code usage-events} as soon as all topics are there; empty if stopped before.
     *
     * @throws StartRefused if the state was built with another number, or producers could set the clock
     */
    Optional<Integer> await() throws InterruptedException {
        Optional<Integer> partitions = ask();
        while (partitions.isEmpty() && !stopping.await(PAUSE_SECONDS, TimeUnit.SECONDS)) {
            partitions = ask();
        }
        return partitions;
    }

    private Optional<Integer> ask() throws InterruptedException {
        List<String> names = Topics.all().stream().map(Topic::name).toList();
        try {
            Map<String, TopicDescription> found =
                    admin.describeTopics(names).allTopicNames().get();
            int partitions =
                    Objects.requireNonNull(found.get(USAGE)).partitions().size();
            requireSamePartitions(partitions);
            requireTimeOfTheBroker();
            return Optional.of(partitions);
        } catch (ExecutionException failed) {
            return explain(Objects.requireNonNullElse(failed.getCause(), failed));
        }
    }

    /** The state has as many partitions as usage had when it was built, and that number is fixed for life (rules.md §3). */
    private void requireSamePartitions(int partitions) throws InterruptedException, ExecutionException {
        String changelog = config.applicationId() + "-" + MeteringTopology.PARTITION + "-changelog";
        if (!admin.listTopics().names().get().contains(changelog)) {
            return;
        }
        Map<String, TopicDescription> found =
                admin.describeTopics(Set.of(changelog)).allTopicNames().get();
        int built = Objects.requireNonNull(found.get(changelog)).partitions().size();
        if (built != partitions) {
            throw new StartRefused(
                    "%s has %d partitions, the state was built with %d; the number is fixed for life (rules.md §3): give the topic the old number again"
                            .formatted(USAGE, partitions, built));
        }
    }

    /** Where heartbeats tell the time, the broker must: else one record with a forged time closes every day (rules.md §2). */
    private void requireTimeOfTheBroker() throws InterruptedException, ExecutionException {
        if (config.heartbeat().isEmpty()) {
            return;
        }
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, USAGE);
        String type = Objects.requireNonNull(
                        admin.describeConfigs(Set.of(topic)).all().get().get(topic))
                .get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG)
                .value();
        if (!Topics.USAGE_EVENTS.timestamps().name.equals(type)) {
            throw new StartRefused(
                    "%s has %s=%s, so that producers could set the clock: set it to %s, or weir.heartbeat.interval to off for an archive"
                            .formatted(
                                    USAGE,
                                    TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                                    type,
                                    Topics.USAGE_EVENTS.timestamps().name));
        }
    }

    private static Optional<Integer> explain(Throwable cause) {
        if (cause instanceof UnknownTopicOrPartitionException) {
            LOG.warn("Waiting for the topics of the catalogue to be created: {}", cause.getMessage());
        } else if (cause instanceof RetriableException) {
            LOG.warn("Waiting for the broker: {}", cause.getMessage());
        } else {
            throw new StartRefused("the broker refuses to describe the topics: " + cause.getMessage());
        }
        return Optional.empty();
    }
}
