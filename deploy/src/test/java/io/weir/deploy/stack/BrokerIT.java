package io.weir.deploy.stack;

import static io.weir.wire.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerIT {

    private static final String TOPIC = "lines";
    private static final int PARTITIONS = 20;

    /** Enough for one of them to be between its decision and the last of its markers at any moment. */
    private static final int PRODUCERS = 10;

    @TempDir
    Path folder;

    @Test
    void noTransactionStaysUndecidedAfterAKill() throws Exception {
        try (DataFolder data = DataFolder.open(folder);
                Broker broker = Broker.start(data)) {
            broker.awaitReady();
            try (Admin admin = Admin.create(bootstrap(broker))) {
                // Given
                admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                        .all()
                        .get();
                List<Committing> producers = IntStream.range(0, PRODUCERS)
                        .mapToObj(number -> new Committing(broker, "producer-" + number))
                        .toList();
                await().until(() -> producers.stream().allMatch(producer -> producer.committed() > 20));

                // When
                broker.kill();
                producers.forEach(Committing::close);
                broker.startAgain();

                // Then
                await().untilAsserted(() -> assertThat(ends(admin, IsolationLevel.READ_COMMITTED))
                        .isEqualTo(ends(admin, IsolationLevel.READ_UNCOMMITTED)));
            }
        }
    }

    private static Map<String, Object> bootstrap(Broker broker) {
        return Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
    }

    private static Map<TopicPartition, Long> ends(Admin admin, IsolationLevel isolation)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = IntStream.range(0, PARTITIONS)
                .boxed()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(TOPIC, partition), partition -> OffsetSpec.latest()));
        return admin.listOffsets(latest, new ListOffsetsOptions(isolation)).all().get().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    /** Commits one small transaction after the other over all partitions, until the broker is gone. */
    private static final class Committing {

        private final AtomicInteger committed = new AtomicInteger();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final KafkaProducer<byte[], byte[]> producer;
        private final Thread thread = new Thread(this::commitOnAndOn, "committing");

        Committing(Broker broker, String transactionalId) {
            producer = new KafkaProducer<>(Map.of(
                    ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    broker.bootstrapServers(),
                    ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                    transactionalId,
                    ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                    30_000,
                    ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                    ByteArraySerializer.class,
                    ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                    ByteArraySerializer.class));
            producer.initTransactions();
            thread.start();
        }

        int committed() {
            return committed.get();
        }

        private void commitOnAndOn() {
            try {
                while (!stopped.get()) {
                    producer.beginTransaction();
                    for (int partition = 0; partition < PARTITIONS; partition++) {
                        var unused = producer.send(new ProducerRecord<>(TOPIC, partition, null, new byte[10]));
                    }
                    producer.commitTransaction();
                    committed.incrementAndGet();
                }
            } catch (KafkaException | IllegalStateException brokerIsGone) {
                stopped.set(true);
            }
        }

        void close() {
            stopped.set(true);
            producer.close(Duration.ZERO); // what it waits for does not come any more
            await().until(() -> !thread.isAlive());
        }
    }
}
