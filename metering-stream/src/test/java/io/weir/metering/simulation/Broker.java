package io.weir.metering.simulation;

import io.weir.billing.ControlRecord;
import io.weir.wire.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** What outlives every crash: the logs, the committed state, and what the line wrote, as its readers see it. */
final class Broker {

    final List<Partition> partitions;
    final List<Bytes> control = new ArrayList<>();
    final List<Output> outputs = new ArrayList<>();

    /** Partitions whose committed counts did not add up to their committed offset, and when. */
    final List<String> unconserved = new ArrayList<>();

    private final Weakness weakness;
    private final Map<Bytes, Arrival> byValue = new HashMap<>();
    private final boolean takesRerouted;
    private long commits;

    /**
     * @param weakness what is wrong with it
     * @param takesRerouted whether what the line reroutes is appended; not if the logs hold it already
     */
    Broker(int partitions, Weakness weakness, boolean takesRerouted) {
        this.partitions =
                IntStream.range(0, partitions).mapToObj(Partition::new).toList();
        this.weakness = weakness;
        this.takesRerouted = takesRerouted;
    }

    /** A record arrives on a partition. */
    void append(int partition, Arrival arrival) {
        partitions.get(partition).log.add(arrival);
        if (arrival.value() != null) {
            byValue.put(arrival.value(), arrival);
        }
    }

    /** Something is recorded on the control log. */
    void append(SpecificRecord change) {
        control.add(Bytes.wrap(
                Objects.requireNonNull(Arrival.RECORDS.serialize(Topics.CONTROL.name(), new ControlRecord(change)))));
    }

    /** Whether what a transaction writes to this topic is seen before it is committed. */
    boolean showsAtOnce(String topic) {
        return weakness == Weakness.AT_LEAST_ONCE
                || (weakness == Weakness.READ_UNCOMMITTED && !topic.equals(Topics.USAGE_EVENTS.name()));
    }

    /** Readers see what the line wrote. */
    void show(Written written) {
        if (!written.topic().equals(Topics.USAGE_EVENTS.name())) {
            outputs.add(new Output(written.topic(), written.partition(), (SpecificRecord) written.value()));
        } else if (takesRerouted) {
            Arrival arrival = Objects.requireNonNull(byValue.get(Bytes.wrap((byte[]) written.value())));
            append(Arrival.homeOf(arrival.key(), partitions.size()), arrival.rerouted(written.timestampMillis()));
        }
    }

    /**
     * Something that the line wrote.
     *
     * @param value the bytes of a rerouted record, or what another topic takes
     */
    record Written(String topic, int partition, Object value, long timestampMillis) {}

    /** A whole transaction, or nothing of it. */
    void commit(
            Partition partition,
            int generation,
            long offset,
            Collection<ByteStore> stores,
            Map<Long, String> outcomes,
            List<Written> written) {
        if (generation != partition.generation && weakness != Weakness.ZOMBIE_NOT_FENCED) {
            throw new Fenced();
        }
        stores.forEach(ByteStore::commit);
        partition.offset = offset;
        partition.outcomes.putAll(outcomes);
        written.forEach(this::show);
        commits++;
        if (!partition.isConserved()) {
            unconserved.add("partition %d at offset %d".formatted(partition.number, offset));
        }
    }

    long commits() {
        return commits;
    }

    /** The values of a topic, in the order in which readers see them. */
    <T extends SpecificRecord> List<T> read(String topic, Class<T> type) {
        return outputs.stream()
                .filter(output -> output.topic().equals(topic))
                .map(output -> type.cast(output.value()))
                .toList();
    }

    /** The arrival at an offset; null if there is none yet. */
    static @Nullable Arrival at(Partition partition, long offset) {
        return offset < partition.log.size() ? partition.log.get((int) offset) : null;
    }
}
