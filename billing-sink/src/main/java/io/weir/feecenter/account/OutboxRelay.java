package io.weir.feecenter.account;

import io.weir.billing.ControlRecord;
import io.weir.wire.BrokerRefusal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the outbox on {@code fee-center.control}: each row once, in order, whenever the process is killed. A record carries the
 * number of its row, so after a crash between the publishing and the marking the topic's end tells how far it came.
 *
 * <p>Any number of fee centers may do so: one at a time holds the position, and one transactional id fences whoever was held up. Whoever
 * finds that another has published since begins anew, which happens only when something waits. Not for use by several threads.
 */
public final class OutboxRelay implements AutoCloseable {

    private static final int ROWS_AT_ONCE = 500;

    private final Changes changes;
    private final Map<String, String> kafka;
    private final String topic;
    private final String transactionalId;
    private final Serializer<ControlRecord> serializer;
    private @Nullable ControlWriter writer;
    private @Nullable OutboxPosition left;

    /**
     * Prepares publishing; neither the database nor the broker need be there.
     *
     * @param kafka settings of the clients, by the names of Kafka; what they do not know is left out
     * @param topic the control log, {@code fee-center.control} or that of a shadow
     * @param transactionalId the same at all fee centers that share the database, and nobody else's
     * @param serializer writes the values
     */
    public OutboxRelay(
            DataSource source,
            Map<String, String> kafka,
            String topic,
            String transactionalId,
            Serializer<ControlRecord> serializer) {
        this.changes = new Changes(source);
        this.kafka = Map.copyOf(kafka);
        this.topic = topic;
        this.transactionalId = transactionalId;
        this.serializer = serializer;
    }

    /**
     * Publishes what waits. To be called now and then, also after it has failed.
     *
     * @return how many rows were published by this call; 0 also if another fee center publishes right now
     * @throws KafkaException if the broker or the registry is away; the next call finds out what became of it
     * @throws BrokerRefusal if the broker does not allow it
     * @throws IllegalStateException if the topic tells of rows that the database does not have: it was restored from a copy
     */
    public int publishWaiting() {
        try {
            return changes.make(this::publish);
        } catch (RuntimeException unknown) {
            close();
            throw refusal(unknown).orElseThrow(() -> unknown);
        }
    }

    private Optional<BrokerRefusal> refusal(RuntimeException failure) {
        boolean aboutTheId = Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(TransactionalIdAuthorizationException.class::isInstance);
        return aboutTheId
                ? Optional.of(BrokerRefusal.of(List.of("WRITE on transactional id " + transactionalId)))
                : BrokerRefusal.behind(failure, "WRITE");
    }

    private int publish(Handle handle) {
        Optional<OutboxPosition> position = OutboxPosition.take(handle);
        if (position.isEmpty()
                || OutboxRow.behind(handle, position.get().publishedSeq(), 1).isEmpty()) {
            return 0;
        }
        if (!position.get().equals(left)) {
            close(); // another fee center has published since, so this writer is fenced
        }
        long publishedSeq =
                writer == null ? begin(handle, position.get()) : position.get().publishedSeq();
        List<OutboxRow> rows = OutboxRow.behind(handle, publishedSeq, ROWS_AT_ONCE);
        if (!rows.isEmpty()) {
            long nextOffset = Objects.requireNonNull(writer).write(rows);
            leave(handle, new OutboxPosition(rows.get(rows.size() - 1).seq(), nextOffset));
        }
        return rows.size();
    }

    private void leave(Handle handle, OutboxPosition reached) {
        reached.mark(handle);
        left = reached;
    }

    /** Shuts out everybody else, then finds out how far they came; gives the last number that stands on the topic. */
    private long begin(Handle handle, OutboxPosition known) {
        writer = ControlWriter.begin(kafka, topic, transactionalId, serializer);
        OutboxPosition reached = known;
        for (ControlLogEnd.FromOutbox found : new ControlLogEnd(kafka, topic).since(known.nextOffset())) {
            requireNext(handle, reached, found);
            reached = new OutboxPosition(found.seq(), found.offset() + 1);
        }
        leave(handle, reached);
        return reached.publishedSeq();
    }

    private void requireNext(Handle handle, OutboxPosition reached, ControlLogEnd.FromOutbox found) {
        boolean same = OutboxRow.find(handle, found.seq())
                .filter(row -> row.sha256().equals(found.sha256()))
                .isPresent();
        if (!same || found.seq() != reached.publishedSeq() + 1) {
            throw new IllegalStateException(
                    ("%s offset %d is row %d of an outbox, which this database does not have after row %d: it was restored from a"
                                    + " copy that lacks what was published since, or is not the one that published there")
                            .formatted(topic, found.offset(), found.seq(), reached.publishedSeq()));
        }
    }

    /** How many rows wait to be published. */
    public long waiting() {
        return changes.read(handle -> handle.createQuery("""
                        SELECT last_seq - published_seq FROM control_outbox_number, control_outbox_position
                        """).mapTo(Long.class).one());
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.close();
            writer = null;
        }
    }
}
