package io.weir.feecenter.ledger;

import static io.weir.wire.Patience.await;

import io.weir.billing.BillLine;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.AvroSerializer;
import io.weir.wire.EmbeddedBroker;
import io.weir.wire.Topic;
import io.weir.wire.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** The topic {@code fee-center.bill-lines}, new and empty, on a real broker, and a producer as the metering stream is one. */
public final class TestTopic implements AutoCloseable {

    public static final int PARTITIONS = 2;

    /** The topic of a live installation. */
    static final String NAME = Topics.BILL_LINES.name();

    private static final EmbeddedBroker BROKER = EmbeddedBroker.shared();

    private final String registry;
    private final AvroSerializer<BillLine> serializer = new AvroSerializer<>();
    private final KafkaProducer<String, byte[]> producer;

    /**
     * Makes the topic anew.
     *
     * @param registry {@code mock://…}, or the address of a schema registry
     */
    public TestTopic(String registry) {
        this.registry = registry;
        recreate(Topics.BILL_LINES, PARTITIONS);
        serializer.configure(Map.of("schema.registry.url", registry), false);
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        BROKER.bootstrapServers(),
                        "transactional.id",
                        "metering-" + System.nanoTime()),
                new StringSerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
    }

    /** Makes a topic of the shared broker anew and waits until the broker knows the new one. */
    public static void recreate(Topic topic, int partitions) {
        String name = topic.name();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", BROKER.bootstrapServers()))) {
            if (admin.listTopics().names().get().contains(name)) {
                admin.deleteTopics(Set.of(name)).all().get();
            }
            // The broker hears of both a moment later: what came until then would go to the old topic, and with it.
            Uuid anew = await().ignoreExceptionsMatching(e -> e.getCause() instanceof TopicExistsException)
                    .until(
                            () -> admin.createTopics(List.of(topic.newTopic(partitions, (short) 1)))
                                    .topicId(name)
                                    .get(),
                            created -> true);
            await().ignoreExceptionsMatching(e -> e.getCause() instanceof UnknownTopicOrPartitionException)
                    .until(() -> admin.describeTopics(List.of(name)).allTopicNames().get().values().stream()
                            .allMatch(known -> known.topicId().equals(anew)));
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Issues lines in a transaction that commits. */
    public void issue(int partition, List<BillLine> lines) {
        producer.beginTransaction();
        lines.forEach(line -> send(partition, line.getAccountId(), serializer.serialize(NAME, line)));
        producer.commitTransaction();
    }

    /** Issues lines in a transaction that is given up. */
    public void issueAndAbort(int partition, List<BillLine> lines) {
        producer.beginTransaction();
        lines.forEach(line -> send(partition, line.getAccountId(), serializer.serialize(NAME, line)));
        producer.flush();
        producer.abortTransaction();
    }

    /** Writes a record with these bytes. */
    public void write(int partition, byte... bytes) {
        producer.beginTransaction();
        send(partition, "acct_a", bytes);
        producer.commitTransaction();
    }

    private void send(int partition, String key, byte @Nullable [] bytes) {
        var unused = producer.send(new ProducerRecord<>(NAME, partition, key, bytes));
    }

    /** What an operator would set, by the names of Kafka. */
    public Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", BROKER.bootstrapServers());
        settings.put("schema.registry.url", registry);
        settings.put("session.timeout.ms", "6000");
        settings.put("heartbeat.interval.ms", "500");
        return settings;
    }

    /** A consumer as the fee center makes it. */
    public KafkaConsumer<byte[], byte[]> consumer(String group) {
        return new KafkaConsumer<>(BillLineConsumer.settings(settings(), group));
    }

    /** A partition of it. */
    static TopicPartition partition(int partition) {
        return new TopicPartition(NAME, partition);
    }

    /** The decoder as the fee center makes it. */
    public LineDecoder decoder() {
        return BillLineConsumer.decoder(TestTopic.NAME, AvroDeserializer.class.getName(), settings());
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
