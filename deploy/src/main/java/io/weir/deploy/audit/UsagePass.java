package io.weir.deploy.audit;

import io.weir.usage.UsageEvent;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.UnreadableRecord;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Goes over the records of one partition of {@code usage-events} and finds the outcome of each again (rules.md §3): refused is what
 * {@code rejected-usage} says; the others follow from key, partition and identity.
 */
final class UsagePass implements Consumer<ConsumerRecord<byte[], byte[]>> {

    private final StreamState state;
    private final int partitions;
    private final boolean fromTheFirst;
    private final Refusals refusals;
    private final AvroDeserializer<UsageEvent> events;
    private final SeenEvents seen = new SeenEvents();
    private final UsageTotals totals;
    private final Check check;
    private final Outcomes outcomes = new Outcomes();
    private long clockMillis = Long.MIN_VALUE;

    /**
     * A pass that has not begun.
     *
     * @param fromTheFirst whether the topic still has the partition's first record
     * @param check told of records that had to be refused and were not
     */
    UsagePass(
            StreamState state,
            int partitions,
            boolean fromTheFirst,
            Refusals refusals,
            AvroDeserializer<UsageEvent> events,
            UsageTotals totals,
            Check check) {
        this.state = state;
        this.partitions = partitions;
        this.fromTheFirst = fromTheFirst;
        this.refusals = refusals;
        this.events = events;
        this.totals = totals;
        this.check = check;
    }

    @Override
    public void accept(ConsumerRecord<byte[], byte[]> record) {
        clockMillis = Math.max(clockMillis, record.timestamp());
        boolean counted =
                fromTheFirst ? outcomes.records() < state.counts().records() : record.offset() < state.positionBefore();
        outcomes.pass(record.offset(), state);
        if (counted) {
            outcomes.count(record.offset(), outcome(record));
        } else if (record.value() != null && !refusals.holds(record.partition(), record.offset())) {
            keepOpen(record.value());
        }
    }

    private String outcome(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return Outcomes.HEARTBEAT;
        }
        if (refusals.holds(record.partition(), record.offset())) {
            return Outcomes.REJECTED;
        }
        if (record.key() == null) {
            check.violation(
                    "usage-events partition %d offset %,d has no key and is not on rejected-usage",
                    record.partition(), record.offset());
            return Outcomes.LOST;
        }
        return isHome(record.key(), record.partition()) ? judge(record) : Outcomes.REROUTED;
    }

    private String judge(ConsumerRecord<byte[], byte[]> record) {
        UsageEvent event = read(record.value());
        if (event == null) {
            check.violation(
                    "usage-events partition %d offset %,d is no readable event and is not on rejected-usage",
                    record.partition(), record.offset());
            return Outcomes.LOST;
        }
        if (!seen.add(event)) {
            return Outcomes.DUPLICATE;
        }
        totals.add(event, clockMillis);
        return Outcomes.ACCEPTED;
    }

    /** The stream has not come so far: whatever becomes of the record, its window is not done yet. */
    private void keepOpen(byte[] value) {
        UsageEvent event = read(value);
        if (event != null) {
            totals.keepOpen(event, clockMillis);
        }
    }

    private @Nullable UsageEvent read(byte[] value) {
        try {
            return events.read(value);
        } catch (UnreadableRecord unreadable) {
            return null;
        }
    }

    private boolean isHome(byte[] key, int partition) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions == partition;
    }

    /** What was found. */
    Outcomes outcomes() {
        return outcomes;
    }
}
