package io.weir.feecenter.settlement;

import io.weir.billing.ControlRecord;
import io.weir.billing.SiteChange;
import io.weir.billing.WorkspaceChange;
import io.weir.usage.MeteringProgress;
import io.weir.wire.BrokerRefusal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads how far metering is from {@code metering-progress}, and in which zone each workspace lives from {@code fee-center.control},
 * into the tables by which days are settled. Both topics are read from their beginning at each start.
 */
public final class ProgressReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProgressReader.class);
    private static final Duration POLL = Duration.ofSeconds(2);

    private final Map<String, ZoneId> zoneBySite = new HashMap<>();
    private final Map<String, String> siteByWorkspace = new HashMap<>();
    private final Map<TopicPartition, Long> nextOffsets = new HashMap<>();
    private final Jdbi jdbi;
    private final Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final String controlTopic;
    private final Deserializer<ControlRecord> controls;
    private final Deserializer<MeteringProgress> reports;
    private final MeteringClock clock;

    /**
     * Nothing is read yet.
     *
     * @param jdbi over the ledger's database
     * @param consumer of committed records, without a group; closed with this
     * @param controlTopic name of the control log, read by {@code controls}
     * @param progressTopic name of the topic of progress, read by {@code reports}
     * @param clock is told how far the partitions' clocks are
     */
    public ProgressReader(
            Jdbi jdbi,
            Consumer<byte[], byte[]> consumer,
            String controlTopic,
            Deserializer<ControlRecord> controls,
            String progressTopic,
            Deserializer<MeteringProgress> reports,
            MeteringClock clock) {
        this.jdbi = jdbi;
        this.consumer = consumer;
        this.controlTopic = controlTopic;
        this.controls = controls;
        this.reports = reports;
        this.clock = clock;
        this.partitions = List.of(new TopicPartition(controlTopic, 0), new TopicPartition(progressTopic, 0));
        consumer.assign(partitions);
    }

    /**
     * Reads on to the end of both topics.
     *
     * @throws KafkaException if the broker or the registry is away; it goes on where it stopped
     * @throws BrokerRefusal if the broker does not allow to read
     * @throws org.jdbi.v3.core.JdbiException if the database is away
     */
    public void readOn() {
        try {
            readToTheEnd();
        } catch (KafkaException e) {
            throw BrokerRefusal.behind(e, "READ").orElseThrow(() -> e);
        }
    }

    private void readToTheEnd() {
        if (nextOffsets.isEmpty()) {
            nextOffsets.putAll(consumer.beginningOffsets(partitions));
        }
        nextOffsets.forEach(consumer::seek);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        boolean moves = true;
        while (moves && isBehind(ends)) {
            Map<TopicPartition, Long> before = Map.copyOf(nextOffsets);
            var records = consumer.poll(POLL);
            jdbi.useTransaction(handle -> records.forEach(record -> take(handle, record)));
            nextOffsets.replaceAll((partition, offset) -> consumer.position(partition));
            moves = !nextOffsets.equals(before);
        }
    }

    private boolean isBehind(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().anyMatch(end -> nextOffsets.getOrDefault(end.getKey(), 0L) < end.getValue());
    }

    private void take(Handle handle, ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.topic().equals(controlTopic)) {
                takeControl(handle, record);
            } else {
                takeReport(handle, record);
            }
        } catch (SerializationException | DateTimeException unreadable) {
            LOG.warn("Passed over {} offset {}: {}", record.topic(), record.offset(), unreadable.toString());
        }
    }

    private void takeReport(Handle handle, ConsumerRecord<byte[], byte[]> record) {
        MeteringProgress report = reports.deserialize(record.topic(), record.headers(), record.value());
        if (report != null) {
            clock.report(report.getClock());
            Progress.report(
                    handle, report.getPartition(), report.getPartitions(), report.getIssuedBefore(), report.getClock());
        }
    }

    private void takeControl(Handle handle, ConsumerRecord<byte[], byte[]> record) {
        ControlRecord control = controls.deserialize(record.topic(), record.headers(), record.value());
        if (control != null && control.getChange() instanceof SiteChange site) {
            zoneBySite.computeIfAbsent(site.getSite(), first -> ZoneId.of(site.getZone()));
            siteByWorkspace.forEach((workspace, its) -> {
                if (its.equals(site.getSite())) {
                    remember(handle, workspace);
                }
            });
        } else if (control != null && control.getChange() instanceof WorkspaceChange workspace) {
            siteByWorkspace.putIfAbsent(workspace.getWorkspaceId(), workspace.getSite());
            remember(handle, workspace.getWorkspaceId());
        }
    }

    /** The first site and the first zone stay: what contradicts them is refused by the metering stream too. */
    private void remember(Handle handle, String workspaceId) {
        ZoneId zone = zoneBySite.get(siteByWorkspace.get(workspaceId));
        if (zone != null) {
            Progress.livesIn(handle, workspaceId, zone);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
