package io.weir.metering;

import io.weir.metering.intake.CatchUp;
import io.weir.wire.BrokerRefusal;
import io.weir.wire.Topics;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The changelogs of the line's stores: the state as it stands on the broker, from which every start restores it. Kafka Streams
 * takes what it finds there for the whole state, and creates silently what is missing; so both are looked at before.
 *
 * @param admin asks the broker
 * @param config whose changelogs
 * @param partitions number of partitions of {@code usage-events}
 */
public record Changelogs(Admin admin, MeteringConfig config, int partitions) {

    /**
     * Key of the record by which a rebuild says, in each partition of the changelog of the store {@code partition}, that it came
     * to its end. It allows a start without offsets, until the stream's first commit of the partition.
     */
    public static final String REBUILT_KEY = CatchUp.NAME;

    /** How the names of changelogs end. */
    static final String ENDING = "-changelog";

    /** The changelog of the store {@code partition}, which every commit writes to. */
    String ofPartition() {
        return name(MeteringTopology.PARTITION);
    }

    /** The changelog of a store. */
    public String name(String store) {
        return name(config.applicationId(), store);
    }

    private static String name(String applicationId, String store) {
        return applicationId + "-" + store + ENDING;
    }

    /** All that an application has. */
    static List<String> names(String applicationId) {
        return MeteringTopology.LOGGED.stream()
                .map(store -> name(applicationId, store))
                .toList();
    }

    /**
     * Those that are there, with their ids.
     *
     * @throws StartRefused if one of them does not hold the whole state
     */
    SortedMap<String, Uuid> found() throws InterruptedException, ExecutionException {
        Set<String> all = admin.listTopics().names().get();
        List<String> names =
                names(config.applicationId()).stream().filter(all::contains).toList();
        Map<String, TopicDescription> described =
                admin.describeTopics(names).allTopicNames().get();
        SortedMap<String, Uuid> ids = new TreeMap<>();
        for (String name : names) {
            TopicDescription description = Objects.requireNonNull(described.get(name));
            requirePartitions(name, description.partitions().size());
            ids.put(name, description.topicId());
        }
        requireCompaction(names);
        for (String name : names) {
            Offsets.requireFromFirst(admin, name, partitions);
        }
        return ids;
    }

    private void requirePartitions(String name, int built) {
        if (built != partitions && name.equals(ofPartition())) {
            throw StartRefused.otherPartitions(partitions, built);
        }
        if (built != partitions) {
            throw StartRefused.untilRebuilt("the changelog %s has %d partitions, %s has %d"
                    .formatted(name, built, Topics.USAGE_EVENTS.name(), partitions));
        }
    }

    private void requireCompaction(Collection<String> names) throws InterruptedException, ExecutionException {
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        admin.describeConfigs(resources).all().get().forEach((topic, found) -> {
            String policy = found.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
            if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
                throw StartRefused.untilRebuilt(
                        "the changelog %s has cleanup.policy=%s instead of compact, so that state may have been deleted; set it to compact first"
                                .formatted(topic.name(), policy));
            }
        });
    }

    /** Which are not there. */
    Set<String> missing(Set<String> found) {
        Set<String> missing = new TreeSet<>(names(config.applicationId()));
        missing.removeAll(found);
        return missing;
    }

    /**
     * Creates some, as Kafka Streams would, so that their ids are known before the first record is read.
     *
     * @throws BrokerRefusal if the broker does not allow it
     */
    public Map<String, Uuid> create(Set<String> names) throws InterruptedException, ExecutionException {
        Map<String, String> streams = new TreeMap<>(config.topicSettings());
        streams.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        Optional<Short> replication = Optional.ofNullable(config.kafka().get(StreamsConfig.REPLICATION_FACTOR_CONFIG))
                .map(Short::valueOf);
        CreateTopicsResult created = admin.createTopics(names.stream()
                .map(name -> new NewTopic(name, Optional.of(partitions), replication).configs(streams))
                .toList());
        Map<String, Uuid> ids = new HashMap<>();
        for (String name : names) {
            ids.put(name, id(created, name));
        }
        return ids;
    }

    private static Uuid id(CreateTopicsResult created, String name) throws InterruptedException, ExecutionException {
        try {
            return created.topicId(name).get();
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof TopicAuthorizationException) {
                // It answers so too if it has created the topic, but may not say with which settings.
                throw BrokerRefusal.of(List.of("CREATE or DESCRIBE_CONFIGS on topic " + name));
            }
            throw refused;
        }
    }
}
