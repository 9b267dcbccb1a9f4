package io.weir.metering.rebuild;

import io.weir.metering.BilledDays;
import io.weir.metering.Changelogs;
import io.weir.metering.MeteringConfig;
import io.weir.metering.MeteringTopology;
import io.weir.metering.intake.CatchUp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the state with which the new stream starts into its changelogs, from which Kafka Streams restores it as if it had
 * always been there. What a start looks for is written last and at once for all partitions: a rebuild that was interrupted
 * has seeded nothing that could be started.
 *
 * @param admin creates the changelogs
 * @param config the new stream's settings
 */
record Seeding(Admin admin, MeteringConfig config) {

    void write(Findings findings) {
        Changelogs changelogs = new Changelogs(admin, config, findings.partitions());
        String billed = changelogs.name(MeteringTopology.BILLED);
        String partition = changelogs.name(MeteringTopology.PARTITION);
        create(changelogs, Set.of(billed, partition));
        writeBilled(findings, billed);
        writePasts(findings.pasts(), partition);
    }

    private static void create(Changelogs changelogs, Set<String> names) {
        try {
            changelogs.create(names);
        } catch (ExecutionException refused) {
            throw new KafkaException("the changelogs could not be created: " + refused.getMessage(), refused);
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }

    private void writeBilled(Findings findings, String changelog) {
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        try (Producer<byte[], byte[]> producer = producer(Map.of())) {
            findings.eachBilled((partition, day, key, billed) -> {
                byte[] storeKey =
                        BilledDays.storeKey(day.workspaceId(), day.day(), key).get();
                byte[] stored = BilledDays.stored(key, billed);
                var unused = producer.send(
                        new ProducerRecord<>(changelog, partition, storeKey, stored),
                        (where, failed) -> failure.compareAndSet(null, failed));
            });
        }
        if (failure.get() != null) {
            throw new KafkaException("what was billed could not be written to " + changelog, failure.get());
        }
    }

    private void writePasts(List<CatchUp> pasts, String changelog) {
        Map<String, Object> transactional =
                Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, config.applicationId() + "-rebuild");
        try (Producer<byte[], byte[]> producer = producer(transactional)) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int partition = 0; partition < pasts.size(); partition++) {
                int to = partition;
                pasts.get(partition).stored().forEach((key, value) -> {
                    var unused = producer.send(new ProducerRecord<>(changelog, to, key.get(), value));
                });
            }
            producer.commitTransaction();
        }
    }

    private Producer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.putAll(more);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
