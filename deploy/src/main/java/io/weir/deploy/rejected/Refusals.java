package io.weir.deploy.rejected;

import io.weir.deploy.installation.Cluster;
import io.weir.deploy.installation.CommittedLog;
import io.weir.usage.RejectedUsage;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.Topics;
import java.util.function.Consumer;

/** All refused records, one after the other; each may hold a mebibyte, so none is kept. */
final class Refusals {

    private Refusals() {}

    /** Hands over every record that is on {@code rejected-usage} now. */
    static void read(Cluster cluster, Consumer<Refusal> each) {
        AvroDeserializer<RejectedUsage> values = cluster.values(RejectedUsage.class);
        try (CommittedLog log = cluster.log()) {
            log.read(
                    Topics.REJECTED_USAGE,
                    record -> each.accept(Refusal.of(record.key(), values.read(record.value()))));
        }
    }
}
