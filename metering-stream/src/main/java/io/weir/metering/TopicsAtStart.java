package io.weir.metering;

import io.weir.wire.BrokerRefusal;
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
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
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
    private static final String TRANSACTION_VERSION = "transaction.version";
    private static final int SAFE_TRANSACTIONS = 2;

    /** Beside the changelogs. */
    private static final List<Topic> BUILT_FROM = List.of(Topics.USAGE_EVENTS, Topics.CONTROL, Topics.BILL_LINES);

    /**
     * What the state is built from, as soon as all topics are there; empty if stopped before. The changelogs of a fresh
     * system are created.
     *
     * @throws StartRefused if the state does not fit what is there, or producers could set the clock
     * @throws BrokerRefusal if the broker does not allow what the line must do
     */
    Optional<Origin> await() throws InterruptedException {
        Optional<Origin> origin = ask();
        while (origin.isEmpty() && !stopping.await(PAUSE_SECONDS, TimeUnit.SECONDS)) {
            origin = ask();
        }
        return origin;
    }

    /**
     * Asks once; empty if the broker or a topic is away.
     *
     * @throws StartRefused as {@link #await}
     * @throws BrokerRefusal as {@link #await}
     */
    Optional<Origin> ask() throws InterruptedException {
        try {
            return Optional.of(find());
        } catch (RetriableException failed) {
            return explain(failed);
        } catch (ExecutionException failed) {
            return explain(Objects.requireNonNullElse(failed.getCause(), failed));
        }
    }

    private Origin find() throws InterruptedException, ExecutionException {
        new Permissions(admin, config.applicationId(), config.topics())
                .require(Changelogs.names(config.applicationId()));
        Map<String, TopicDescription> topics = admin.describeTopics(
                        config.topics().all().stream().map(Topic::name).toList())
                .allTopicNames()
                .get();
        int partitions = Objects.requireNonNull(topics.get(USAGE)).partitions().size();
        requireTimeOfTheBroker();
        Offsets.requireFromFirst(admin, config.topics().of(Topics.CONTROL), 1);
        warnOfOldTransactions();
        Map<String, Uuid> ids = changelogs(partitions);
        BUILT_FROM.stream()
                .map(config.topics()::of)
                .forEach(name ->
                        ids.put(name, Objects.requireNonNull(topics.get(name)).topicId()));
        return Origin.of(partitions, ids);
    }

    private Map<String, Uuid> changelogs(int partitions) throws InterruptedException, ExecutionException {
        Changelogs changelogs = new Changelogs(admin, config, partitions);
        Map<String, Uuid> ids = changelogs.found();
        Set<String> missing = changelogs.missing(ids.keySet());
        new StateAtStart(admin, config, partitions, stopping).requireFit(changelogs.ofPartition(), missing);
        if (!missing.isEmpty()) {
            ids.putAll(changelogs.create(missing));
        }
        return ids;
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

    /** Before version 2, a record of an aborted transaction can end up in the next one if a request is held up on its way. */
    private void warnOfOldTransactions() throws InterruptedException, ExecutionException {
        FinalizedVersionRange version = admin.describeFeatures()
                .featureMetadata()
                .get()
                .finalizedFeatures()
                .get(TRANSACTION_VERSION);
        if (version == null || version.maxVersionLevel() < SAFE_TRANSACTIONS) {
            LOG.warn(
                    "{} of the cluster is {}, not {}: raise it with kafka-features.sh",
                    TRANSACTION_VERSION,
                    version == null ? 0 : version.maxVersionLevel(),
                    SAFE_TRANSACTIONS);
        }
    }

    private static Optional<Origin> explain(Throwable cause) {
        if (cause instanceof TopicExistsException) {
            LOG.info("Another instance creates the changelogs: {}", cause.getMessage());
        } else if (cause instanceof UnknownTopicOrPartitionException) {
            LOG.warn("Waiting for the topics of the catalogue to be created: {}", cause.getMessage());
        } else if (cause instanceof RetriableException) {
            LOG.warn("Waiting for the broker: {}", cause.getMessage());
        } else {
            throw BrokerRefusal.behind(cause, "DESCRIBE")
                    .<RuntimeException>map(refusal -> refusal)
                    .orElseGet(
                            () -> new StartRefused("the broker refuses to describe the topics: " + cause.getMessage()));
        }
        return Optional.empty();
    }
}
