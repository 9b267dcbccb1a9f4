package io.weir.deploy.apply;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.billing.ControlRecord;
import io.weir.deploy.console.Failure;
import io.weir.deploy.installation.Cluster;
import io.weir.deploy.scenario.ControlChange;
import io.weir.wire.AvroSerializer;
import io.weir.wire.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Writes control records behind those that were read, all of them or none. Whoever begins last is the only one who may write, and
 * the offsets that the broker answers with show that nobody wrote in between.
 */
final class Publication implements AutoCloseable {

    /** One id for all, so that a second publication ends the first one. */
    static final String TRANSACTIONAL_ID = "weir-apply";

    private final Producer<byte[], byte[]> producer;
    private final AvroSerializer<ControlRecord> serializer;
    private final String topic;

    private Publication(Producer<byte[], byte[]> producer, AvroSerializer<ControlRecord> serializer, String topic) {
        this.producer = producer;
        this.serializer = serializer;
        this.topic = topic;
    }

    /** Begins, before the topic is read; ends a publication that somebody else has begun and not finished. */
    static Publication begin(Cluster cluster, AvroSerializer<ControlRecord> serializer) {
        Publication publication = new Publication(
                cluster.transactionalProducer(Topics.CONTROL.largestRecordBytes(), TRANSACTIONAL_ID),
                serializer,
                cluster.topics().of(Topics.CONTROL));
        try {
            publication.producer.initTransactions();
        } catch (KafkaException refused) {
            publication.close();
            throw new Failure(
                    "Nothing was published: the broker does not let transactional id %s begin: %s"
                            .formatted(TRANSACTIONAL_ID, refused.getMessage()),
                    refused);
        }
        return publication;
    }

    /**
     * Writes the records in their order and waits until they are committed.
     *
     * @param end offset behind the last record that was read before; the first one gets it
     */
    void publish(List<ControlChange> changes, long end) {
        List<ProducerRecord<byte[], byte[]>> records =
                changes.stream().map(this::record).toList();
        try {
            producer.beginTransaction();
            requireInPlace(send(records), end);
        } catch (ProducerFencedException | InvalidProducerEpochException fenced) {
            throw fenced(fenced);
        } catch (KafkaException refused) {
            producer.abortTransaction();
            throw new Failure("Nothing was published: the broker refuses: " + refused.getMessage(), refused);
        }
        commit();
    }

    private ProducerRecord<byte[], byte[]> record(ControlChange change) {
        byte[] value = serializer.serialize(topic, change.record());
        return new ProducerRecord<>(topic, 0, change.key().getBytes(UTF_8), Objects.requireNonNull(value));
    }

    private List<Long> send(List<ProducerRecord<byte[], byte[]>> records) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        records.forEach(record -> sent.add(producer.send(record)));
        producer.flush();
        return sent.stream().map(Publication::offset).toList();
    }

    private static long offset(Future<RecordMetadata> sent) {
        try {
            return sent.get().offset();
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof KafkaException cause) {
                throw cause;
            }
            throw new KafkaException(refused);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new KafkaException(stop);
        }
    }

    private void requireInPlace(List<Long> offsets, long end) {
        long next = end;
        for (long offset : offsets) {
            if (offset != next++) {
                producer.abortTransaction();
                throw new Failure(("Nothing was published: somebody else wrote to %s at offset %,d meanwhile."
                                + " Do it again, it compares anew.")
                        .formatted(topic, next - 1));
            }
        }
    }

    private void commit() {
        try {
            producer.commitTransaction();
        } catch (ProducerFencedException | InvalidProducerEpochException fenced) {
            throw fenced(fenced);
        } catch (TimeoutException unknown) {
            throw new Failure(
                    "The broker does not answer, so it is not known whether this is published. Do it again: what is"
                            + " there is left out.",
                    unknown);
        }
    }

    private static Failure fenced(KafkaException fenced) {
        return new Failure(
                "Nothing was published: another weir apply began meanwhile. Do it again when that one is done, it"
                        + " compares anew.",
                fenced);
    }

    @Override
    public void close() {
        producer.close();
    }
}
