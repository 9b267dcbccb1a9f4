package io.weir.publish;

import io.weir.usage.UsageEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes usage to {@code usage-events}. When {@code publish} returns, the usage is numbered and on the local disk (fsync): it
 * will be sent, and Weir will count it once, whatever process or machine ends in between, as long as the disk lives. A thread in
 * the background sends it; a broker or registry that is away delays that and nothing else.
 *
 * <p>Safe for use by many threads. A spool folder belongs to one publisher at a time.
 */
public final class UsagePublisher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UsagePublisher.class);
    private static final int MOST_AT_ONCE = 10_000;
    private static final Duration LAST_MOMENTS = Duration.ofSeconds(2);
    /** As long as the disk writes, the spool stays open, and no other publisher can have it. */
    private static final Duration LAST_WRITE = Duration.ofSeconds(10);

    private final PublisherConfig config;
    private final Spool spool;
    private final SpoolWriter writer;
    private final Sender sender;
    private final Thread writing;
    private final Thread sending;
    private final Numbers numbers;
    private final long schema;
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();

    private UsagePublisher(PublisherConfig config, Spool spool) {
        this.config = config;
        this.spool = spool;
        this.numbers = Numbers.ofNewStart(config.name(), Instant.now());
        this.schema = spool.remember(UsageEvent.getClassSchema());
        this.writer = new SpoolWriter(spool, config.spoolLimitBytes());
        this.sender = new Sender(config, spool, writer);
        this.writing = start(writer, "weir usage to disk");
        this.sending = start(sender, "weir usage to broker");
    }

    private static Thread start(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /**
     * Opens the spool and begins to send what an earlier start left there. Waits for no broker and no registry.
     *
     * @throws SpoolUnusable if another publisher has the spool, or it is damaged
     * @throws IOException if the folder cannot be created
     */
    public static UsagePublisher open(PublisherConfig config) throws IOException {
        return new UsagePublisher(config, Spool.open(config.spoolFolder()));
    }

    /**
     * Publishes one event.
     *
     * @param workspaceId the workspace in which the usage arose
     * @param occurredAt when it happened, by the host's clock
     * @param resource the part of the workspace; empty for the workspace itself
     * @param readings quantities by meter, in whole base units
     * @return the event's identity
     * @throws UsageRefused if it is not taken, within {@link PublisherConfig#longestWait}
     */
    public EventNumber publish(String workspaceId, Instant occurredAt, String resource, Map<String, Long> readings)
            throws UsageRefused {
        return publish(List.of(new Usage(workspaceId, occurredAt, resource, readings)))
                .get(0);
    }

    /**
     * Publishes up to 10,000 events, all or none, with one wait for the disk: much faster than one after the other.
     *
     * @return the events' identities, in the same order
     * @throws UsageRefused if they are not taken, within {@link PublisherConfig#longestWait}
     */
    public List<EventNumber> publish(List<Usage> usage) throws UsageRefused {
        try {
            List<EventNumber> numbered = spool(usage);
            published.addAndGet(usage.size());
            return numbered;
        } catch (UsageRefused none) {
            refused.addAndGet(usage.size());
            throw none;
        }
    }

    private List<EventNumber> spool(List<Usage> usage) throws UsageRefused {
        requireValid(usage);
        long deadlineNanos = System.nanoTime() + config.longestWait().toNanos();
        SpoolWriter.Addition addition =
                writer.add(() -> number(usage), config.longestWait().toNanos());
        awaitDisk(addition, deadlineNanos - System.nanoTime());
        return addition.events().stream().map(SpooledEvent::number).toList();
    }

    private void requireValid(List<Usage> usage) throws UsageRefused {
        if (usage.isEmpty() || usage.size() > MOST_AT_ONCE) {
            throw new UsageRefused(
                    UsageRefused.Reason.INVALID, "%,d events and not 1 to %,d".formatted(usage.size(), MOST_AT_ONCE));
        }
        for (Usage one : usage) {
            List<String> mistakes = UsageShape.mistakes(Numbers.event(one, numbers.source(), 0));
            if (!mistakes.isEmpty()) {
                throw new UsageRefused(
                        UsageRefused.Reason.INVALID,
                        "Weir would reject it (rules.md §3): " + String.join("; ", mistakes));
            }
        }
    }

    private List<SpooledEvent> number(List<Usage> usage) {
        return usage.stream()
                .map(one -> SpooledEvent.of(numbers.number(one), schema))
                .toList();
    }

    private void awaitDisk(SpoolWriter.Addition addition, long waitNanos) throws UsageRefused {
        try {
            addition.onDisk().get(waitNanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw unconfirmed("the thread was interrupted");
        } catch (TimeoutException late) {
            throw unconfirmed("the disk did not confirm within " + config.longestWait());
        } catch (ExecutionException failed) {
            throw new UsageRefused(
                    UsageRefused.Reason.SPOOL_BROKEN,
                    "The disk failed: %s. The usage may be sent all the same.".formatted(failed.getMessage()));
        }
    }

    private static UsageRefused unconfirmed(String why) {
        return new UsageRefused(
                UsageRefused.Reason.UNCONFIRMED,
                "Not known whether it is on the disk, since %s. It may be sent all the same.".formatted(why));
    }

    /** The source of the events of this start, new at every start (rules.md §4). */
    public String source() {
        return numbers.source();
    }

    /** How the publisher is now: for metrics and health. */
    public PublisherCounts counts() {
        SpoolWriter.Waiting waiting = writer.waiting();
        return new PublisherCounts(
                published.get(),
                refused.get(),
                sender.sent(),
                waiting.aside(),
                waiting.events(),
                waiting.bytes(),
                config.spoolLimitBytes(),
                sender.lastSent(),
                sender.trouble());
    }

    /**
     * Takes nothing any more, waits until the broker has everything, {@link PublisherConfig#longestClose} at most and some seconds
     * for the threads to end, and leaves the rest in the spool for the next start. To close it again does nothing.
     */
    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            drainAndEnd();
        }
    }

    private void drainAndEnd() {
        writer.drain(config.longestClose().toNanos());
        sender.stop();
        join(sending, LAST_MOMENTS);
        writer.stop();
        if (join(writing, LAST_WRITE)) {
            spool.close();
        }
        long left = writer.waiting().events();
        if (left > 0) {
            LOG.warn("{} events stay in {} for the next start", left, config.spoolFolder());
        }
    }

    /** Whether the thread has ended. */
    private static boolean join(Thread thread, Duration patience) {
        try {
            thread.join(patience.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
