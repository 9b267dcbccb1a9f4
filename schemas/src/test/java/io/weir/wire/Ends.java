package io.weir.wire;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Up to where a test must read. */
public final class Ends {

    private Ends() {}

    /**
     * Behind the last record of each partition, also of a transaction whose marker is not there yet. A producer is told that its
     * transaction is committed before every partition has the marker, so whoever reads committed records to the end that a
     * consumer sees may miss the last ones.
     */
    public static Map<TopicPartition, Long> ofAll(Admin admin, Collection<TopicPartition> partitions) {
        try {
            return admin
                    .listOffsets(partitions.stream()
                            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                    .all()
                    .get()
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, end -> end.getValue().offset()));
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
