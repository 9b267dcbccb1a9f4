package io.weir.wire;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * One topic of the catalogue: what is on it and how the broker must keep it.
 *
 * @param name the topic's name
 * @param key what the UTF-8 text in the record key is
 * @param value schema of the record values
 * @param partitions fixed number of partitions; null if it has as many as {@code usage-events}
 * @param cleanup {@code delete} or {@code compact}
 * @param retention how long records are kept at least; null for ever
 * @param timestamps who sets the time of a record: its producer or the broker
 * @param largestRecordBytes largest batch the broker takes, in bytes
 */
public record Topic(
        String name,
        String key,
        Schema value,
        @Nullable Integer partitions,
        String cleanup,
        @Nullable Duration retention,
        TimestampType timestamps,
        int largestRecordBytes) {

    /** The schema registry's subject for this topic's values, by Confluent's TopicNameStrategy. */
    public String valueSubject() {
        return WireFormat.valueSubject(name);
    }

    /**
     * This topic as the broker is asked to create it.
     *
     * @param usagePartitions number of partitions of {@code usage-events}, 1 or more
     * @param replication number of copies, 1 or more
     */
    public NewTopic newTopic(int usagePartitions, short replication) {
        return new NewTopic(name, partitions(usagePartitions), replication).configs(configs());
    }

    int partitions(int usagePartitions) {
        return partitions == null ? usagePartitions : partitions;
    }

    /** The broker's settings of this topic, by the broker's keys. */
    Map<String, String> configs() {
        Map<String, String> configs = new LinkedHashMap<>();
        configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, cleanup);
        configs.put(TopicConfig.RETENTION_MS_CONFIG, retention == null ? "-1" : Long.toString(retention.toMillis()));
        configs.put(TopicConfig.RETENTION_BYTES_CONFIG, "-1");
        configs.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, timestamps.name);
        configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(largestRecordBytes));
        if (timestamps == TimestampType.CREATE_TIME) {
            // A broker refuses times an hour ahead of its own clock unless told; the records' own clock decides here.
            configs.put(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE));
        }
        return configs;
    }

    /** This topic under another name. */
    Topic named(String otherName) {
        return new Topic(otherName, key, value, partitions, cleanup, retention, timestamps, largestRecordBytes);
    }

    /** This topic with times set by its producers, and kept for ever: how an archive is replayed. */
    Topic asArchive() {
        return new Topic(name, key, value, partitions, cleanup, null, TimestampType.CREATE_TIME, largestRecordBytes);
    }
}
