package io.weir.deploy.story;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.deploy.stack.Stack;
import io.weir.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What must hold whenever the fee center was killed: nothing is lost, nothing is there twice. */
final class Agreement {

    private Agreement() {}

    /** Each row of the outbox stands on the control log once, in order, under its key and with its digest. */
    static void ofControlLogAndDatabase(Line line) {
        assertThat(toldByTheOutbox(line.stack())).isNotEmpty().isEqualTo(line.texts("""
                        SELECT seq || ' ' || record_key || ' ' || encode(sha256(record), 'hex')
                        FROM control_outbox ORDER BY seq
                        """));
    }

    /** Every line of the topic is in the ledger, every line of the ledger is settled, and the postings of both sum to zero. */
    static void ofTopicLedgerAndWallets(Line line) {
        assertThat(line.texts("SELECT topic_partition FROM conservation WHERE unaccounted <> 0"))
                .isEmpty();
        assertThat(line.texts("SELECT currency FROM trial_balance WHERE imbalance <> 0"))
                .isEmpty();
        assertThat(line.texts("SELECT account_id FROM settlement_conservation WHERE open_lines <> 0"))
                .isEmpty();
        assertThat(line.number("SELECT count(*) FROM purse_imbalance")).isZero();
    }

    /** Number, key and digest of the outbox's rows, as they stand on the control log. */
    private static List<String> toldByTheOutbox(Stack stack) {
        List<String> told = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", stack.broker().bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            TopicPartition log = new TopicPartition(Topics.CONTROL.name(), 0);
            consumer.assign(List.of(log));
            consumer.seekToBeginning(List.of(log));
            long end = consumer.endOffsets(List.of(log)).getOrDefault(log, 0L);
            while (consumer.position(log) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> told.addAll(inWords(record)));
            }
        }
        return told;
    }

    /** Nothing for a record that did not come from the outbox. */
    private static List<String> inWords(ConsumerRecord<byte[], byte[]> record) {
        Header number = record.headers().lastHeader("weir-outbox-seq");
        Header digest = record.headers().lastHeader("weir-outbox-sha256");
        return number == null || digest == null
                ? List.of()
                : List.of("%s %s %s".formatted(text(number.value()), text(record.key()), text(digest.value())));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
