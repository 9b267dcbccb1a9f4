package io.weir.deploy.audit;

import io.weir.deploy.installation.Cluster;
import io.weir.deploy.installation.CommittedLog;
import io.weir.usage.Reason;
import io.weir.usage.RejectedUsage;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.Topics;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Which records of {@code usage-events} were refused for which reason, as {@code rejected-usage} says: positions only. */
final class Refusals {

    private final Check check;
    private final Map<Integer, Roaring64Bitmap> refused = new HashMap<>();
    private final Map<Integer, Map<Reason, Roaring64Bitmap>> byReason = new HashMap<>();

    /** No refusals yet; one that is doubled or of another topic is a violation of this check. */
    Refusals(Check check) {
        this.check = check;
    }

    /** Reads all of {@code rejected-usage}. */
    void read(Cluster cluster, CommittedLog log) {
        AvroDeserializer<RejectedUsage> values = cluster.values(RejectedUsage.class);
        log.read(Topics.REJECTED_USAGE, record -> add(values.read(record.value())));
    }

    void add(RejectedUsage usage) {
        int partition = usage.getPartition();
        long offset = usage.getOffset();
        if (!usage.getTopic().equals(Topics.USAGE_EVENTS.name())) {
            check.violation("rejected-usage names a record of the topic %s", usage.getTopic());
        } else if (holds(partition, offset)) {
            check.violation("usage-events partition %d offset %d was refused twice", partition, offset);
        }
        refused.computeIfAbsent(partition, any -> new Roaring64Bitmap()).addLong(offset);
        byReason.computeIfAbsent(partition, any -> new EnumMap<>(Reason.class))
                .computeIfAbsent(usage.getReason(), any -> new Roaring64Bitmap())
                .addLong(offset);
    }

    /** Whether the record at this position of {@code usage-events} was refused. */
    boolean holds(int partition, long offset) {
        return of(partition).contains(offset);
    }

    /** Number of refused records before this offset. */
    long before(int partition, long offset) {
        return countBefore(of(partition), offset);
    }

    /** Number of records before this offset that were refused for this reason. */
    long before(int partition, Reason reason, long offset) {
        return countBefore(
                byReason.getOrDefault(partition, Map.of()).getOrDefault(reason, new Roaring64Bitmap()), offset);
    }

    private Roaring64Bitmap of(int partition) {
        return refused.getOrDefault(partition, new Roaring64Bitmap());
    }

    private static long countBefore(Roaring64Bitmap offsets, long offset) {
        return offset == 0 ? 0 : offsets.rankLong(offset - 1);
    }
}
