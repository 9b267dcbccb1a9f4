package io.weir.feecenter.billed;

import io.weir.billing.CatalogueChange;
import io.weir.billing.ControlRecord;
import io.weir.billing.WorkspaceChange;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** On which site each workspace lives and how large the unit of each item is, as {@code fee-center.control} says. */
final class SitesAndUnits implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SitesAndUnits.class);
    private static final Duration POLL = Duration.ofSeconds(2);

    private final Map<String, String> siteByWorkspace = new HashMap<>();
    private final Map<String, String> unitByItem = new HashMap<>();
    private final Consumer<byte[], byte[]> consumer;
    private final TopicPartition log;
    private final Deserializer<ControlRecord> deserializer;
    private long nextOffset;

    /**
     * Nothing is read yet.
     *
     * @param topic name of the control log
     * @param consumer a consumer without a group; closed with this
     * @param deserializer reads control records
     */
    SitesAndUnits(String topic, Consumer<byte[], byte[]> consumer, Deserializer<ControlRecord> deserializer) {
        this.log = new TopicPartition(topic, 0);
        this.consumer = consumer;
        this.deserializer = deserializer;
        consumer.assign(List.of(log));
    }

    /** Where the workspaces that were read of live. */
    Map<String, String> siteByWorkspace() {
        return Collections.unmodifiableMap(siteByWorkspace);
    }

    /** Base units in a priced unit of each item, by the newest catalogue. */
    Map<String, String> unitByItem() {
        return Collections.unmodifiableMap(unitByItem);
    }

    /**
     * Reads on to the end of the log.
     *
     * @throws KafkaException if the broker or the registry is away or refuses; what was read before stays
     */
    void readOn() {
        consumer.seek(log, nextOffset);
        long end = Objects.requireNonNull(consumer.endOffsets(Set.of(log)).get(log));
        boolean moves = true;
        while (moves && nextOffset < end) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            records.forEach(this::take);
            moves = consumer.position(log) > nextOffset || !records.isEmpty();
            nextOffset = consumer.position(log);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            ControlRecord control = deserializer.deserialize(record.topic(), record.headers(), record.value());
            if (control != null) {
                take(control.getChange());
            }
        } catch (SerializationException unreadable) {
            LOG.warn("Passed over {} offset {}, which is no control record", log, record.offset());
        }
        nextOffset = record.offset() + 1;
    }

    private void take(Object change) {
        if (change instanceof WorkspaceChange workspace) {
            siteByWorkspace.putIfAbsent(workspace.getWorkspaceId(), workspace.getSite()); // a site never changes
        } else if (change instanceof CatalogueChange catalogue) {
            catalogue.getItems().forEach(item -> unitByItem.put(item.getItem(), item.getUnit()));
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
