package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.usage.Reading;
import io.weir.usage.UsageEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The serde as configuration names it, through a real broker and registry; Weir's and Confluent's in each other's place. */
class RealBrokerTest {

    private static final TopicPartition USAGE = new TopicPartition("usage-events", 0);

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "io.weir.wire.AvroSerializer, io.weir.wire.AvroDeserializer",
        "io.weir.wire.AvroSerializer, io.confluent.kafka.serializers.KafkaAvroDeserializer",
        "io.confluent.kafka.serializers.KafkaAvroSerializer, io.weir.wire.AvroDeserializer",
    })
    void carriesRecordsOverARestartOfTheBroker(String serializer, String deserializer) throws Exception {
        TrustedRecords.trust(); // as the README says of a program that names none of Weir's classes
        List<UsageEvent> events =
                LongStream.range(0, 100).mapToObj(RealBrokerTest::event).toList();
        EmbeddedBroker broker = EmbeddedBroker.start(directory, Map.of());
        try {
            // Given
            try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
                assertThat(new TopicCreation(admin, 1, (short) 1).create(Topics.forReplay()))
                        .isEmpty();
            }
            produce(settings(broker, "value.serializer", serializer), events);

            // When
            broker.close();
            broker = broker.restarted();

            // Then
            assertThat(consume(settings(broker, "value.deserializer", deserializer), events.size()))
                    .isEqualTo(events);
        } finally {
            broker.close();
        }
    }

    private static UsageEvent event(long sequence) {
        return new UsageEvent(
                "wksp_1",
                "host-1",
                sequence,
                "e-" + sequence,
                Instant.ofEpochMilli(sequence),
                "",
                List.of(new Reading("spans", sequence)));
    }

    private static void produce(Map<String, Object> settings, List<UsageEvent> events) {
        // An archive is replayed with its own times, also far ahead of the broker's clock.
        long in2090 = Instant.parse("2090-01-01T00:00:00Z").toEpochMilli();
        try (KafkaProducer<String, UsageEvent> producer = new KafkaProducer<>(settings)) {
            List<Future<?>> sent = new ArrayList<>();
            events.forEach(event -> sent.add(
                    producer.send(new ProducerRecord<>(USAGE.topic(), 0, in2090, event.getWorkspaceId(), event))));
            sent.forEach(acknowledgement -> assertThat(acknowledgement).succeedsWithin(Patience.PATIENCE));
        }
    }

    private static List<UsageEvent> consume(Map<String, Object> settings, int count) {
        List<UsageEvent> read = new ArrayList<>();
        try (KafkaConsumer<String, UsageEvent> consumer = new KafkaConsumer<>(settings)) {
            consumer.assign(List.of(USAGE));
            consumer.seekToBeginning(List.of(USAGE));
            Patience.await().until(() -> {
                for (ConsumerRecord<String, UsageEvent> record : consumer.poll(Duration.ofMillis(100))) {
                    read.add(record.value());
                }
                return read.size() >= count;
            });
        }
        return read;
    }

    private static Map<String, Object> settings(EmbeddedBroker broker, String key, String className) {
        Map<String, Object> settings = new HashMap<>(EmbeddedRegistry.shared().settings());
        settings.put("bootstrap.servers", broker.bootstrapServers());
        settings.put("key.serializer", StringSerializer.class.getName());
        settings.put("key.deserializer", StringDeserializer.class.getName());
        settings.put("specific.avro.reader", "true");
        settings.put("avro.remove.java.properties", "true");
        settings.put(key, className);
        return settings;
    }
}
