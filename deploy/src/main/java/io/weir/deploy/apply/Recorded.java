package io.weir.deploy.apply;

import io.weir.billing.CatalogueChange;
import io.weir.billing.ControlRecord;
import io.weir.deploy.installation.Cluster;
import io.weir.deploy.installation.CommittedLog;
import io.weir.metering.control.ControlTable;
import io.weir.metering.control.Refused;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.Topics;
import io.weir.wire.UnreadableRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What stands on the control topic as the metering stream takes it: what it refuses is passed over. */
final class Recorded {

    private final String topic;
    private final Map<Subject, List<ControlRecord>> histories = new HashMap<>();
    private final List<CatalogueChange> catalogues = new ArrayList<>();
    private ControlTable table = ControlTable.EMPTY;
    private long end;
    private long refused;

    Recorded(String topic) {
        this.topic = topic;
    }

    /** Reads the whole topic. */
    static Recorded read(Cluster cluster) {
        Recorded recorded = new Recorded(cluster.topics().of(Topics.CONTROL));
        AvroDeserializer<ControlRecord> values = cluster.values(ControlRecord.class);
        try (CommittedLog log = cluster.log()) {
            TopicPartition partition = log.partitions(Topics.CONTROL).get(0);
            recorded.end = log.end(partition);
            log.read(partition, record -> recorded.take(record, values));
        }
        return recorded;
    }

    private void take(ConsumerRecord<byte[], byte[]> record, AvroDeserializer<ControlRecord> values) {
        try {
            if (record.offset() < end && record.key() != null && record.value() != null) {
                take(record.offset(), values.read(record.value()));
            }
        } catch (Refused | UnreadableRecord passedOver) {
            refused++; // the stream has alarmed it; what stood before stays
        }
    }

    /** Takes in one more record. */
    void take(long offset, ControlRecord record) {
        table = table.with(offset, record);
        histories.computeIfAbsent(Subject.of(record), any -> new ArrayList<>()).add(record);
        if (record.getChange() instanceof CatalogueChange catalogue) {
            catalogues.add(catalogue);
        }
    }

    /** The table that judges. */
    ControlTable table() {
        return table;
    }

    /** The topic that was read. */
    String topic() {
        return topic;
    }

    /** Offset behind the last record. */
    long end() {
        return end;
    }

    /** Number of records that the stream refuses. */
    long refused() {
        return refused;
    }

    boolean knows(Subject subject) {
        return histories.containsKey(subject);
    }

    /** What was recorded about this, in order. */
    List<ControlRecord> historyOf(Subject subject) {
        return histories.getOrDefault(subject, List.of());
    }

    /** What stands about this now. */
    Optional<ControlRecord> lastOf(Subject subject) {
        List<ControlRecord> history = historyOf(subject);
        return history.isEmpty() ? Optional.empty() : Optional.of(history.get(history.size() - 1));
    }

    /** Every version of the catalogue. */
    List<CatalogueChange> catalogues() {
        return List.copyOf(catalogues);
    }
}
