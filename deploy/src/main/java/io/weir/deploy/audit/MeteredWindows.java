package io.weir.deploy.audit;

import io.weir.deploy.installation.Cluster;
import io.weir.deploy.installation.CommittedLog;
import io.weir.usage.MeterTotal;
import io.weir.usage.MeteredUsage;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.Topics;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** What one partition of {@code metered-usage} says of each window: the last record counts (rules.md §7). */
final class MeteredWindows {

    private final Map<WindowKey, WindowTotal> totals = new HashMap<>();

    /** Reads a partition. */
    static MeteredWindows read(int partition, Cluster cluster, CommittedLog log) {
        MeteredWindows windows = new MeteredWindows();
        AvroDeserializer<MeteredUsage> values = cluster.values(MeteredUsage.class);
        log.read(
                new TopicPartition(cluster.topics().of(Topics.METERED_USAGE), partition),
                record -> windows.add(values.read(record.value())));
        return windows;
    }

    void add(MeteredUsage usage) {
        WindowKey window = new WindowKey(
                usage.getWorkspaceId(),
                usage.getResource(),
                usage.getWindowStart().toEpochMilli());
        totals.computeIfAbsent(window, any -> new WindowTotal())
                .publish(
                        usage.getEvents(),
                        usage.getMeters().stream()
                                .collect(Collectors.toMap(
                                        MeterTotal::getMeter, meter -> new BigInteger(meter.getTotal()))));
    }

    Map<WindowKey, WindowTotal> byWindow() {
        return totals;
    }
}
