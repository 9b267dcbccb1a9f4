package io.weir.metering;

import io.weir.wire.Topic;
import io.weir.wire.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the broker and for the topics that the line reads and writes.
 *
 * @param admin asks the broker
 * @param stopping released when nobody waits any more
 */
record TopicsAtStart(Admin admin, CountDownLatch stopping) {

    private static final Logger LOG = LoggerFactory.getLogger(TopicsAtStart.class);
    private static final long PAUSE_SECONDS = 2;

    /** The number of partitions of {@code usage-events} as soon as all topics are there; empty if stopped before. */
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
            return Optional.of(java.util.Objects.requireNonNull(found.get(Topics.USAGE_EVENTS.name()))
                    .partitions()
                    .size());
        } catch (ExecutionException failed) {
            return explain(java.util.Objects.requireNonNullElse(failed.getCause(), failed));
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
