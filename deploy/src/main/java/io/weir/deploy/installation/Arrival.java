package io.weir.deploy.installation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.deploy.console.Failure;
import io.weir.deploy.stack.Answers;
import io.weir.usage.MeteringProgress;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.Topics;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * The ingest time of a record that arrives now. In production the broker sets it. On a topic that takes the writer's time, as of a
 * replayed archive or a simulation, now is where the clock of the record's partition stands: the wall clock would close all its days.
 */
public final class Arrival {

    private final boolean byBroker;
    private final int partitions;
    private final Map<Integer, Long> clocks = new HashMap<>();

    private Arrival(boolean byBroker, int partitions) {
        this.byBroker = byBroker;
        this.partitions = partitions;
    }

    /** Asks the broker who sets the time, and the metering stream for its clocks. */
    public static Arrival on(Cluster cluster) {
        try (CommittedLog log = cluster.log()) {
            Arrival arrival = new Arrival(
                    isByBroker(cluster), log.partitions(Topics.USAGE_EVENTS).size());
            AvroDeserializer<MeteringProgress> values = cluster.values(MeteringProgress.class);
            log.read(Topics.METERING_PROGRESS, record -> {
                if (record.value() != null) {
                    MeteringProgress progress = values.read(record.value());
                    arrival.clocks.put(
                            progress.getPartition(), progress.getClock().toEpochMilli());
                }
            });
            return arrival;
        }
    }

    private static boolean isByBroker(Cluster cluster) {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, Topics.USAGE_EVENTS.name());
        try (Admin admin = cluster.admin()) {
            Config config = Objects.requireNonNull(
                    Answers.await(admin.describeConfigs(Set.of(topic)).all()).get(topic));
            return config.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG)
                    .value()
                    .equals(TimestampType.LOG_APPEND_TIME.name);
        }
    }

    /** The time to write into a record with this key, milliseconds UTC; null where the broker sets it. */
    public @Nullable Long ingestMillis(byte[] key) {
        if (byBroker) {
            return null;
        }
        int partition = Utils.toPositive(Utils.murmur2(key)) % partitions;
        Long clock = clocks.get(partition);
        if (clock == null) {
            throw new Failure("usage-events takes its writer's time, but partition " + partition
                    + " has no clock yet: metering-progress says nothing of it.");
        }
        return clock;
    }

    /** When a record with this key arrives, if it is sent now. */
    public Instant at(String key, Instant now) {
        Long ingestMillis = ingestMillis(key.getBytes(UTF_8));
        return ingestMillis == null ? now : Instant.ofEpochMilli(ingestMillis);
    }
}
