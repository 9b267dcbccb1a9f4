package io.weir.feecenter.usage;

import io.weir.billing.ControlRecord;
import io.weir.feecenter.account.Adoption;
import io.weir.usage.MeteredUsage;
import io.weir.wire.BrokerRefusal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies {@code metered-usage}, and what {@code fee-center.control} says of sites and items, into the tables, and has accounts take up what
 * others have told that log. Where to read on is in
 * the database and moves in the same transaction, so that several fee centers may copy at once.
 */
public final class UsageReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UsageReader.class);
    private static final Duration POLL = Duration.ofSeconds(2);

    private final Map<TopicPartition, Long> nextOffsets = new TreeMap<>(UsageReader::inOrder);
    private final Jdbi jdbi;
    private final Consumer<byte[], byte[]> consumer;
    private final String controlTopic;
    private final Deserializer<ControlRecord> controls;
    private final String usageTopic;
    private final Deserializer<MeteredUsage> usages;
    private final InstantSource clock;

    /**
     * Nothing is read yet.
     *
     * @param jdbi over the ledger's database
     * @param consumer of committed records, without a group; closed with this
     * @param controlTopic name of the control log, read by {@code controls}
     * @param usageTopic name of the topic of hourly totals, read by {@code usages}
     * @param clock says what is too old to be kept
     */
    public UsageReader(
            Jdbi jdbi,
            Consumer<byte[], byte[]> consumer,
            String controlTopic,
            Deserializer<ControlRecord> controls,
            String usageTopic,
            Deserializer<MeteredUsage> usages,
            InstantSource clock) {
        this.jdbi = jdbi;
        this.consumer = consumer;
        this.controlTopic = controlTopic;
        this.controls = controls;
        this.usageTopic = usageTopic;
        this.usages = usages;
        this.clock = clock;
    }

    private static int inOrder(TopicPartition left, TopicPartition right) {
        int byTopic = left.topic().compareTo(right.topic());
        return byTopic == 0 ? Integer.compare(left.partition(), right.partition()) : byTopic;
    }

    /**
     * Reads on to the end of both topics, and forgets some of what is too old.
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
        assignAll();
        Map<TopicPartition, Long> ends = consumer.endOffsets(nextOffsets.keySet());
        boolean moves = true;
        while (moves && isBehind(ends)) {
            moves = takeNext();
        }
        jdbi.useTransaction(handle -> HourlyUsage.deleteOld(handle, clock.instant()));
    }

    /** All partitions that there are now, from where each is copied: a topic may have got more. */
    private void assignAll() {
        List<TopicPartition> partitions = Stream.of(controlTopic, usageTopic)
                .flatMap(topic ->
                        Objects.requireNonNullElse(consumer.partitionsFor(topic), List.<PartitionInfo>of()).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        nextOffsets.keySet().retainAll(partitions);
        nextOffsets.forEach(consumer::seek);
        partitions.stream()
                .filter(partition -> !nextOffsets.containsKey(partition))
                .forEach(this::goOnFromDatabase);
    }

    /** From the beginning where the position is not within the log: what is read twice says the same again. */
    private void goOnFromDatabase(TopicPartition partition) {
        long known = jdbi.withHandle(handle -> CopyPositions.find(handle, partition.topic(), partition.partition()))
                .orElse(-1L);
        long first = Objects.requireNonNull(
                consumer.beginningOffsets(List.of(partition)).get(partition));
        long end =
                Objects.requireNonNull(consumer.endOffsets(List.of(partition)).get(partition));
        boolean isWithin = known >= first && known <= end;
        if (!isWithin) {
            jdbi.useTransaction(handle -> {
                CopyPositions.begin(handle, partition.topic(), partition.partition(), first);
                CopyPositions.move(handle, partition.topic(), partition.partition(), known, first);
            });
        }
        nextOffsets.put(partition, isWithin ? known : first);
        consumer.seek(partition, isWithin ? known : first);
    }

    private boolean isBehind(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().anyMatch(end -> nextOffsets.getOrDefault(end.getKey(), 0L) < end.getValue());
    }

    private boolean takeNext() {
        ConsumerRecords<byte[], byte[]> records = poll();
        boolean moves = false;
        for (TopicPartition partition : List.copyOf(nextOffsets.keySet())) {
            if (consumer.position(partition) > Objects.requireNonNull(nextOffsets.get(partition))) {
                take(partition, records.records(partition));
                moves = true;
            }
        }
        return moves;
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        try {
            return consumer.poll(POLL);
        } catch (InvalidOffsetException deleted) {
            nextOffsets.clear(); // The next look finds where the log begins now.
            throw deleted;
        }
    }

    private void take(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        long from = Objects.requireNonNull(nextOffsets.get(partition));
        long to = consumer.position(partition);
        boolean copied = jdbi.inTransaction(handle -> {
            boolean first = CopyPositions.move(handle, partition.topic(), partition.partition(), from, to);
            if (first) {
                copy(handle, records);
            }
            return first;
        });
        if (copied) {
            nextOffsets.put(partition, to);
        } else {
            goOnFromDatabase(partition);
        }
    }

    private void copy(Handle handle, List<ConsumerRecord<byte[], byte[]>> records) {
        HourlyUsage usage = new HourlyUsage();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                copy(handle, record, usage);
            } catch (SerializationException | DateTimeException | NumberFormatException unreadable) {
                LOG.warn("Passed over {} offset {}: {}", record.topic(), record.offset(), unreadable.toString());
            }
        }
        usage.write(handle);
    }

    private void copy(Handle handle, ConsumerRecord<byte[], byte[]> record, HourlyUsage usage) {
        if (record.topic().equals(controlTopic)) {
            ControlRecord control = controls.deserialize(record.topic(), record.headers(), record.value());
            if (control != null) {
                ControlCopy.take(handle, control.getChange());
                Adoption.take(handle, control.getChange(), clock.instant());
            }
        } else {
            MeteredUsage hour = usages.deserialize(record.topic(), record.headers(), record.value());
            if (hour != null && !hour.getWindowStart().isBefore(clock.instant().minus(HourlyUsage.KEPT))) {
                usage.add(hour);
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
