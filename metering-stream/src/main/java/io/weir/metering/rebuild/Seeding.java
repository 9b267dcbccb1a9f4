package io.weir.metering.rebuild;

import io.weir.metering.BilledDays;
import io.weir.metering.MeteringConfig;
import io.weir.metering.MeteringTopology;
import io.weir.metering.intake.CatchUp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
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
        createChangelogs(findings.partitions());
        writeBilled(findings);
        writePasts(findings.pasts());
    }

    private void createChangelogs(int partitions) {
        Answers.await(admin.createTopics(List.of(
                        changelog(MeteringTopology.BILLED, partitions),
                        changelog(MeteringTopology.PARTITION, partitions)))
                .all());
    }

    private NewTopic changelog(String store, int partitions) {
        return new NewTopic(config.changelog(store), partitions, config.changelogCopies())
                .configs(config.changelogSettings());
    }

    private void writeBilled(Findings findings) {
        String changelog = config.changelog(MeteringTopology.BILLED);
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

    private void writePasts(List<CatchUp> pasts) {
        String changelog = config.changelog(MeteringTopology.PARTITION);
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
