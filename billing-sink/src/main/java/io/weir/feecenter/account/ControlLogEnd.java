package io.weir.feecenter.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.wire.BrokerRefusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What stands at the end of {@code fee-center.control} from this outbox, after a crash between the publishing and the marking. */
final class ControlLogEnd {

    /** The number of an outbox row, in plain digits. */
    static final String SEQ = "weir-outbox-seq";

    /** The SHA-256 of the row's record, in hex digits. */
    static final String SHA256 = "weir-outbox-sha256";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, String> kafka;
    private final TopicPartition log;

    ControlLogEnd(Map<String, String> kafka, String topic) {
        this.kafka = kafka;
        this.log = new TopicPartition(topic, 0);
    }

    /**
     * A record that came from an outbox.
     *
     * @param seq number of its row
     * @param sha256 digest of the row's record
     */
    record FromOutbox(long offset, long seq, String sha256) {}

    /**
     * The committed records from an outbox at or behind this offset, in order.
     *
     * @throws KafkaException if the broker is away, or somebody's transaction stays open, behind which nothing can be read
     * @throws BrokerRefusal if the broker does not allow to read
     */
    List<FromOutbox> since(long offset) {
        try {
            return read(offset, end());
        } catch (KafkaException e) {
            throw BrokerRefusal.behind(e, "READ").orElseThrow(() -> e);
        }
    }

    private List<FromOutbox> read(long offset, long end) {
        List<FromOutbox> found = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = consumer()) {
            consumer.assign(List.of(log));
            consumer.seek(log, offset);
            long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
            while (consumer.position(log) < end) {
                if (System.nanoTime() > deadlineNanos) {
                    throw new TimeoutException("%s cannot be read from %d to %d: is a transaction open there?"
                            .formatted(log, consumer.position(log), end));
                }
                consumer.poll(POLL).forEach(record -> take(record, found));
            }
        }
        return found;
    }

    private static void take(ConsumerRecord<byte[], byte[]> record, List<FromOutbox> found) {
        Header seq = record.headers().lastHeader(SEQ);
        Header sha256 = record.headers().lastHeader(SHA256);
        if (seq != null && sha256 != null) {
            found.add(new FromOutbox(
                    record.offset(),
                    Long.parseLong(new String(seq.value(), UTF_8)),
                    new String(sha256.value(), UTF_8)));
        }
    }

    /** Behind the last record of any transaction, also of one that is still open. */
    private long end() {
        Map<String, Object> settings = ClientSettings.known(kafka, AdminClientConfig.configNames());
        try (Admin admin = Admin.create(settings)) {
            return Objects.requireNonNull(admin.listOffsets(Map.of(log, OffsetSpec.latest()))
                            .all()
                            .get()
                            .get(log))
                    .offset();
        } catch (ExecutionException e) {
            throw new KafkaException("the end of %s is not known".formatted(log), e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private Consumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = ClientSettings.known(kafka, ConsumerConfig.configNames());
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        settings.remove(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
