package io.weir.metering.rebuild;

import io.weir.metering.MeteringConfig;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads topics from their first record to the last that is committed. Transactions that are open at the end are waited for.
 *
 * @param config how broker and registry are reached
 */
record CommittedRecords(MeteringConfig config) {

    private static final Duration POLL = Duration.ofMillis(200);

    /** Hands over every record of a topic as it is; in order within a partition. */
    void forEachRaw(Topic topic, Consumer<ConsumerRecord<byte[], byte[]>> consumer) {
        try (KafkaConsumer<byte[], byte[]> reader =
                        new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
                Admin admin = Admin.create(new HashMap<>(config.kafka()))) {
            List<TopicPartition> all = reader.partitionsFor(config.topics().of(topic)).stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            reader.assign(all);
            reader.seekToBeginning(all);
            Map<TopicPartition, Long> ends = ends(admin, all);
            while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
                reader.poll(POLL).forEach(consumer);
            }
        }
    }

    /**
     * Where the partitions end, whether the last transactions are decided or not: a killed stream leaves one open, and what others
     * committed behind it cannot be read before the broker has ended it.
     */
    private static Map<TopicPartition, Long> ends(Admin admin, List<TopicPartition> partitions) {
        Map<TopicPartition, Long> ends = new HashMap<>();
        Answers.await(admin.listOffsets(partitions.stream()
                                .collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest())))
                        .all())
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    /** Hands over what every record of a topic says; in order within a partition. */
    <T extends SpecificRecord> void forEach(Topic topic, Consumer<T> consumer) {
        Deserializer<T> deserializer = deserializer();
        forEachRaw(topic, record -> {
            if (record.value() != null) {
                consumer.accept(deserializer.deserialize(topic.name(), record.value()));
            }
        });
    }

    /** Reads the values of all topics that the stream writes: those bytes are the same by whichever class they were written. */
    <T extends SpecificRecord> Deserializer<T> deserializer() {
        AvroDeserializer<T> deserializer = new AvroDeserializer<>();
        deserializer.configure(config.registry(), false);
        return deserializer;
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        return settings;
    }
}
