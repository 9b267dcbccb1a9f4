package io.weir.deploy.installation;

import io.weir.deploy.stack.Answers;
import io.weir.usage.MeteringProgress;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.Topics;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;

/** How far the metering stream has issued lines, as it says itself on {@code metering-progress}. */
public final class IssuedDays {

    private IssuedDays() {}

    /** The instant before which a day must have ended so that its lines are issued on the partition that is ahead; empty before the first. */
    public static Optional<Instant> before(Cluster cluster) {
        return progress(cluster).values().stream()
                .map(MeteringProgress::getIssuedBefore)
                .max(Comparator.naturalOrder());
    }

    /** The last word of each partition of {@code usage-events}; empty while the topic is not there. */
    public static Map<Integer, MeteringProgress> progress(Cluster cluster) {
        Map<Integer, MeteringProgress> last = new TreeMap<>();
        if (!isThere(cluster)) {
            return last;
        }
        AvroDeserializer<MeteringProgress> values = cluster.values(MeteringProgress.class);
        try (CommittedLog log = cluster.log()) {
            log.read(Topics.METERING_PROGRESS, record -> {
                if (record.value() != null) {
                    MeteringProgress progress = values.read(record.value());
                    last.put(progress.getPartition(), progress);
                }
            });
        }
        return last;
    }

    private static boolean isThere(Cluster cluster) {
        try (Admin admin = cluster.admin()) {
            return Answers.await(admin.listTopics().names())
                    .contains(cluster.topics().of(Topics.METERING_PROGRESS));
        }
    }
}
