package io.weir.deploy.held;

import io.weir.billing.HeldLine;
import io.weir.deploy.console.Failure;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.SchemaRegistryUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads from the topic {@code held-lines} which charges the metering stream holds now. */
final class HeldCharges {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<List<Object>, HeldCharge> held = new LinkedHashMap<>();

    private HeldCharges() {}

    /**
     * Reads the topic from its beginning to its present end, in no consumer group.
     *
     * @param topic name of the topic
     * @param kafka the fee center's settings of Kafka and the registry
     * @return the charges that are held now, those that were first held first per partition
     */
    static Collection<HeldCharge> read(String topic, Map<String, String> kafka) {
        HeldCharges charges = new HeldCharges();
        try (AvroDeserializer<HeldLine> values = values(kafka);
                KafkaConsumer<String, HeldLine> consumer =
                        new KafkaConsumer<>(settings(kafka), new StringDeserializer(), values)) {
            charges.readToEnd(topic, consumer);
        } catch (SchemaRegistryUnavailable away) {
            throw new Failure("The schema registry is away: " + away.getMessage(), away);
        } catch (KafkaException trouble) {
            throw new Failure(
                    "The topic %s cannot be read from %s: %s"
                            .formatted(
                                    topic,
                                    kafka.get("bootstrap.servers"),
                                    trouble.getCause() == null ? trouble.getMessage() : trouble.getCause()),
                    trouble);
        }
        return charges.held.values();
    }

    private static AvroDeserializer<HeldLine> values(Map<String, String> kafka) {
        Map<String, String> settings = new HashMap<>(kafka);
        settings.put("specific.avro.value.type", HeldLine.class.getName());
        AvroDeserializer<HeldLine> values = new AvroDeserializer<>();
        values.configure(settings, false);
        return values;
    }

    private static Map<String, Object> settings(Map<String, String> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.keySet().retainAll(ConsumerConfig.configNames());
        settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 15_000);
        return settings;
    }

    private void readToEnd(String topic, KafkaConsumer<String, HeldLine> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new Failure("There is no topic " + topic + ". Is this the fee center's broker?");
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(this::take);
        }
    }

    private void take(ConsumerRecord<String, HeldLine> record) {
        take(record.value(), Instant.ofEpochMilli(record.timestamp()));
    }

    private void take(HeldLine line, Instant time) {
        List<Object> key = HeldCharge.key(line);
        if (line.getReason() == null) {
            held.remove(key);
        } else {
            HeldCharge before = held.get(key);
            held.put(key, before == null ? new HeldCharge(line, time) : before.said(line));
        }
    }
}
