package io.weir.deploy.audit;

import io.weir.deploy.console.Failure;
import io.weir.deploy.installation.Cluster;
import io.weir.deploy.installation.CommittedLog;
import io.weir.metering.CommittedCounts;
import io.weir.usage.MeteringProgress;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the metering stream is with one partition of {@code usage-events}.
 *
 * @param partition the partition
 * @param doneMillis everything due by the partition's clock up to here is done and on its topic, milliseconds UTC
 * @param positionBefore the group's committed offset shortly before the counts were read
 * @param counts what the committed state says became of the records
 * @param positionAfter the group's committed offset shortly after
 */
record StreamState(int partition, long doneMillis, long positionBefore, CommittedCounts counts, long positionAfter) {

    /**
     * Reads the state of all partitions, in this order: progress, position, counts, position. So what is on a topic by then belongs
     * to these counts or to later ones, never to earlier ones.
     *
     * @throws Failure if a stream of this application id has not committed anything
     */
    static List<StreamState> read(String applicationId, Cluster cluster, CommittedLog log) {
        List<TopicPartition> partitions = log.partitions(Topics.USAGE_EVENTS);
        Map<Integer, Long> done = progress(cluster, log);
        Map<Integer, Long> before = log.committed(applicationId, Topics.USAGE_EVENTS);
        Map<Integer, CommittedCounts> counts = counts(applicationId, log);
        Map<Integer, Long> after = log.committed(applicationId, Topics.USAGE_EVENTS);
        List<StreamState> states = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            int number = partition.partition();
            states.add(new StreamState(
                    number,
                    done.getOrDefault(number, Long.MIN_VALUE),
                    before.getOrDefault(number, 0L),
                    counts.getOrDefault(number, new CommittedCounts(Map.of(), Map.of())),
                    after.getOrDefault(number, 0L)));
        }
        return states;
    }

    private static Map<Integer, Long> progress(Cluster cluster, CommittedLog log) {
        Map<Integer, Long> done = new HashMap<>();
        AvroDeserializer<MeteringProgress> values = cluster.values(MeteringProgress.class);
        log.read(Topics.METERING_PROGRESS, record -> {
            if (record.value() != null) {
                MeteringProgress progress = values.read(record.value());
                done.put(progress.getPartition(), progress.getClock().toEpochMilli());
            }
        });
        return done;
    }

    private static Map<Integer, CommittedCounts> counts(String applicationId, CommittedLog log) {
        Map<Integer, CommittedCounts> counts = new HashMap<>();
        log.read(CommittedCounts.changelog(applicationId), record -> {
            if (record.value() != null) {
                CommittedCounts.read(record.key(), record.value())
                        .ifPresent(read -> counts.put(record.partition(), read));
            }
        });
        return counts;
    }
}
