package io.weir.feecenter.ledger;

import io.weir.wire.BrokerRefusal;
import io.weir.wire.SchemaRegistryUnavailable;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads committed lines from the topic of its decoder, {@code fee-center.bill-lines} or that of a shadow, and hands them to the ledger, from where the database says it
 * has come to.
 *
 * <p>Kafka decides which partitions this reader has; the database decides where it reads on and whether it may still write.
 * After anything unexpected the reader forgets its positions and asks the database again.
 */
public final class BillLineReader implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BillLineReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(30);
    private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(5);

    private final Map<TopicPartition, SinkPosition> positions = new HashMap<>();
    private final Consumer<byte[], byte[]> consumer;
    private final LineDecoder decoder;
    private final SinkPositions stored;
    private final Ledger ledger;
    private final LedgerMetrics metrics;
    private Duration pause = SHORTEST_PAUSE;
    private long positionsCheckedNanos = System.nanoTime();
    private volatile Optional<String> trouble = Optional.of("starting");
    private volatile boolean closing;

    /**
     * Prepares reading; nothing is asked of Kafka or the database yet.
     *
     * @param consumer set up by {@link BillLineConsumer}; closed by {@link #run}
     */
    public BillLineReader(
            Consumer<byte[], byte[]> consumer, LineDecoder decoder, DataSource database, LedgerMetrics metrics) {
        this.consumer = consumer;
        this.decoder = decoder;
        Jdbi jdbi = LedgerDatabase.jdbi(database);
        this.stored = new SinkPositions(jdbi);
        this.ledger = new Ledger(jdbi);
        this.metrics = metrics;
    }

    /**
     * Reads until {@link #close}, or until a defect stops it: then with the exception that names it.
     *
     * @throws BrokerRefusal if the broker does not allow it to read, or not any more
     */
    @Override
    public void run() {
        try (consumer) {
            subscribe();
            while (!closing) {
                step();
            }
        } catch (WakeupException e) {
            if (!closing) {
                throw e;
            }
        }
    }

    /** Asks {@link #run} to finish the batch at hand and return; from any thread. */
    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
    }

    /** Why no lines can be posted now; empty if they can. */
    public Optional<String> trouble() {
        return trouble;
    }

    private void subscribe() {
        positions.clear();
        consumer.subscribe(List.of(decoder.topic()), new Assignment());
    }

    private void step() {
        try {
            takeUp();
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            postAll(records);
            checkPositions();
            trouble = Optional.empty();
            pause = SHORTEST_PAUSE;
        } catch (PositionTaken e) {
            rejoin(e);
        } catch (RetriableException | SchemaRegistryUnavailable e) {
            waitFor("Kafka or the schema registry is away: " + e.getMessage());
        } catch (AuthorizationException | AuthenticationException e) {
            throw BrokerRefusal.behind(e, "READ").orElseThrow(() -> e);
        } catch (JdbiException e) {
            if (!DatabaseTrouble.passes(e)) {
                throw e;
            }
            waitFor("The database is away: " + DatabaseTrouble.describe(e));
        }
    }

    /** Asks the database for the position in each newly assigned partition. */
    private void takeUp() {
        Set<TopicPartition> fresh = new HashSet<>(consumer.assignment());
        fresh.removeAll(positions.keySet());
        if (fresh.isEmpty()) {
            return;
        }
        for (TopicPartition partition : fresh) {
            LogRange log = LogRange.of(consumer, partition);
            SinkPosition position = stored.take(partition, log.beginning());
            log.require(position);
            consumer.seek(partition, position.nextOffset());
            positions.put(partition, position);
            LOG.info("Reading on: {}", position);
        }
        consumer.resume(fresh);
    }

    /** Posts what came, as far as a slow database allows before the group misses this reader; the rest is read again. */
    private void postAll(ConsumerRecords<byte[], byte[]> records) {
        long began = System.nanoTime();
        for (TopicPartition partition : Set.copyOf(positions.keySet())) {
            if (System.nanoTime() - began < LONGEST_ROUND.toNanos()) {
                post(partition, records);
            } else {
                consumer.pause(List.of(partition));
                positions.remove(partition);
            }
        }
    }

    /** Notices also while no lines come that the database was restored to an earlier hour: what came since is read again. */
    private void checkPositions() {
        if (System.nanoTime() - positionsCheckedNanos > BETWEEN_CHECKS.toNanos()) {
            positions.values().forEach(stored::require);
            positionsCheckedNanos = System.nanoTime();
        }
    }

    /** Posts what came of a partition; when only transaction markers were passed, the position moves all the same. */
    private void post(TopicPartition partition, ConsumerRecords<byte[], byte[]> records) {
        SinkPosition from = positions.get(partition);
        long next = consumer.position(partition);
        if (from != null && next != from.nextOffset()) {
            List<ReceivedLine> lines =
                    records.records(partition).stream().map(decoder::decode).toList();
            tell(from, ledger.post(new Batch(from, next, lines)));
            positions.put(partition, from.movedTo(next));
        }
        consumer.currentLag(partition).ifPresent(lag -> metrics.lag(partition.partition(), lag));
    }

    private void tell(SinkPosition from, Tally tally) {
        metrics.count(tally);
        if (!tally.heldBack().isEmpty()) {
            LOG.error("Held back from {} on, see held_back_line and stopped_account: {}", from, tally.heldBack());
        }
    }

    private void rejoin(PositionTaken taken) {
        LOG.warn("Nothing written, joining the group again: {}", taken.getMessage());
        metrics.countTakenPosition();
        consumer.unsubscribe();
        subscribe();
    }

    /** Stays in the group without reading for a while; what the ledger has by then is asked of the database. */
    private void waitFor(String reason) {
        LOG.warn("{}; asking again in {}", reason, pause);
        metrics.countPause();
        trouble = Optional.of(reason);
        consumer.pause(consumer.assignment());
        positions.clear();
        consumer.poll(pause);
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }

    /** A partition is paused until its position is known; the seek keeps Kafka from looking for one of its own. */
    private final class Assignment implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            consumer.pause(partitions);
            partitions.forEach(partition -> consumer.seek(partition, 0));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            positions.keySet().removeAll(Set.copyOf(partitions));
            partitions.forEach(partition -> metrics.forgetLag(partition.partition()));
        }
    }
}
