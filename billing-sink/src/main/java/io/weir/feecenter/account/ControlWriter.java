package io.weir.feecenter.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.billing.ControlRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Writes rows of the outbox to {@code fee-center.control}, all or none. Whoever began last is the only one who may. */
final class ControlWriter implements AutoCloseable {

    /** Together less than the 30 seconds after which the database ends a transaction that idles. */
    private static final Map<String, Object> FIXED = Map.of(
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
            ProducerConfig.ACKS_CONFIG, "all",
            ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000,
            ProducerConfig.LINGER_MS_CONFIG, 0,
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 20_000);

    private final Producer<byte[], byte[]> producer;
    private final Serializer<ControlRecord> serializer;
    private final String topic;

    private ControlWriter(Producer<byte[], byte[]> producer, Serializer<ControlRecord> serializer, String topic) {
        this.producer = producer;
        this.serializer = serializer;
        this.topic = topic;
    }

    /**
     * Begins: from now on no other writer with this id can finish what it has begun, and nothing it has begun is still open.
     *
     * @throws KafkaException if the broker is away or does not allow it
     */
    static ControlWriter begin(
            Map<String, String> kafka, String topic, String transactionalId, Serializer<ControlRecord> serializer) {
        Map<String, Object> settings = ClientSettings.known(kafka, ProducerConfig.configNames());
        settings.putAll(FIXED);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        ControlWriter writer = new ControlWriter(
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()), serializer, topic);
        try {
            writer.producer.initTransactions();
            return writer;
        } catch (KafkaException e) {
            writer.close();
            throw e;
        }
    }

    /**
     * Writes the rows in one transaction, in their order.
     *
     * @return the offset behind the last of them
     * @throws KafkaException if it is not known whether they stand there; this writer is of no use then
     */
    long write(List<OutboxRow> rows) {
        List<ProducerRecord<byte[], byte[]>> records =
                rows.stream().map(this::record).toList();
        producer.beginTransaction();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        records.forEach(record -> sent.add(producer.send(record)));
        producer.commitTransaction();
        return offset(sent.get(sent.size() - 1)) + 1;
    }

    private ProducerRecord<byte[], byte[]> record(OutboxRow row) {
        List<Header> headers = List.of(
                new RecordHeader(ControlLogEnd.SEQ, Long.toString(row.seq()).getBytes(UTF_8)),
                new RecordHeader(ControlLogEnd.SHA256, row.sha256().getBytes(UTF_8)));
        return new ProducerRecord<>(
                topic, 0, row.recordKey().getBytes(UTF_8), serializer.serialize(topic, row.record()), headers);
    }

    private static long offset(Future<RecordMetadata> sent) {
        try {
            return sent.get().offset();
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Without waiting for what is under way: whoever begins next sees what became of it. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
