package io.weir.metering;

import io.weir.wire.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many records of {@code usage-events} are behind the stream's committed offsets, asked of the broker every few seconds. Not of
 * the stream's own consumer: what a thread that hangs last saw does not grow.
 */
final class UsageLag implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UsageLag.class);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final String USAGE = Topics.USAGE_EVENTS.name();

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(UsageLag::daemon);
    private final Admin admin;
    private final String group;
    private final int partitions;
    private volatile Map<Integer, Long> lagByPartition = Map.of();
    private volatile boolean brokerAnswers = true;

    /**
     * @param admin asks the broker; closed with this
     * @param group the stream's consumer group
     * @param partitions number of partitions of {@code usage-events}
     */
    UsageLag(Admin admin, String group, int partitions) {
        this.admin = admin;
        this.group = group;
        this.partitions = partitions;
    }

    /** Asks until closed. */
    @SuppressWarnings("FutureReturnValueIgnored") // A question reports its own failure.
    void start() {
        clock.scheduleWithFixedDelay(this::ask, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Records of a partition that are not read yet, of all instances; empty while the broker does not answer. */
    OptionalLong of(int partition) {
        Long lag = lagByPartition.get(partition);
        return lag == null ? OptionalLong.empty() : OptionalLong.of(lag);
    }

    /** Whether the broker answered when it was last asked. */
    boolean brokerAnswers() {
        return brokerAnswers;
    }

    private void ask() {
        try {
            lagByPartition = lags();
            brokerAnswers = true;
        } catch (ExecutionException | KafkaException away) {
            LOG.warn("The broker does not say how far {} has come on {}: {}", group, USAGE, away.getMessage());
            lagByPartition = Map.of();
            brokerAnswers = false;
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is committed is asked first, so that no lag is below 0. */
    private Map<Integer, Long> lags() throws InterruptedException, ExecutionException {
        Map<Integer, Long> committed = Offsets.committedSoFar(admin, group, USAGE, partitions);
        Map<Integer, Long> first = Offsets.firsts(admin, USAGE, partitions);
        Map<Integer, Long> lags = new HashMap<>();
        Offsets.ends(admin, USAGE, partitions).forEach((partition, end) -> {
            long next = Math.max(committed.getOrDefault(partition, 0L), first.getOrDefault(partition, 0L));
            lags.put(partition, end - next);
        });
        return Map.copyOf(lags);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        admin.close(Duration.ofSeconds(1));
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "usage-lag");
        thread.setDaemon(true);
        return thread;
    }
}
