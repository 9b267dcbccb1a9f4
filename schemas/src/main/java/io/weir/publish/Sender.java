package io.weir.publish;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the events of the spool to the broker, in their order, until it is stopped: whatever fails is said and tried again. */
final class Sender implements Runnable, Delivery.Outcome {

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final int MOST_AT_ONCE = 500;
    private static final long LOOK_MILLIS = 200;
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final PublisherConfig config;
    private final Spool spool;
    private final SpoolWriter writer;
    private final Map<Long, Schema> schemas = new ConcurrentHashMap<>();
    /** Positions of events that a producer was given and of which nothing is known yet. */
    private final NavigableSet<Long> underWay = new ConcurrentSkipListSet<>();

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtomicLong sent = new AtomicLong();
    private long reached;
    private volatile long heardNanos = System.nanoTime();
    private volatile @Nullable Instant lastSent;
    private volatile @Nullable String trouble;

    Sender(PublisherConfig config, Spool spool, SpoolWriter writer) {
        this.config = config;
        this.spool = spool;
        this.writer = writer;
    }

    @Override
    public void run() {
        Duration pause = FIRST_PAUSE;
        while (!isStopping()) {
            long before = sent.get();
            try (Delivery delivery = new Delivery(config, this)) {
                deliver(delivery);
            } catch (DeliveryFailed | IOException | RuntimeException failed) {
                pause = sent.get() > before ? FIRST_PAUSE : longer(pause);
                say("%s. It is tried again in %,d ms.".formatted(failed.getMessage(), pause.toMillis()), failed);
                isStoppingWithin(pause);
            }
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    /** Begins at the first event of which nothing is known. */
    private void deliver(Delivery delivery) throws DeliveryFailed, IOException {
        long position = underWay.isEmpty() ? reached : underWay.first() - 1;
        heardNanos = System.nanoTime();
        while (!isStopping()) {
            for (Map.Entry<Long, SpooledEvent> next :
                    spool.behind(position, MOST_AT_ONCE, LOOK_MILLIS).entrySet()) {
                delivery.requireWorking();
                position = next.getKey();
                send(position, next.getValue(), delivery);
            }
            delivery.requireWorking();
            watchSilence();
        }
    }

    /** What the broker has already is still in the spool for a moment. */
    private void send(long position, SpooledEvent event, Delivery delivery) {
        boolean isNew = position > reached;
        if (isNew) {
            underWay.add(position);
            reached = position;
        }
        if (isNew || underWay.contains(position)) {
            delivery.send(position, event, schemas.computeIfAbsent(event.schema(), spool::schema));
        }
    }

    private void watchSilence() {
        if (!underWay.isEmpty() && System.nanoTime() - heardNanos > SILENCE.toNanos()) {
            say(
                    "no broker has taken an event for %d s; %,d are under way"
                            .formatted(SILENCE.toSeconds(), underWay.size()),
                    null);
        }
    }

    @Override
    public void sent(long position) {
        if (underWay.remove(position)) {
            sent.incrementAndGet();
            lastSent = Instant.now();
            heardNanos = System.nanoTime();
            writer.sent(position);
            allIsWell();
        }
    }

    @Override
    public void refused(long position, EventNumber number, Exception why) {
        if (underWay.remove(position)) {
            LOG.error(
                    "The broker refuses the event of {}; it stays in the spool and is sent again at the next start: {}",
                    number,
                    why.getMessage());
            writer.refused(position);
        }
    }

    private void say(String what, @Nullable Exception why) {
        if (!isStopping() && !what.equals(trouble)) {
            LOG.error("Usage waits in {}: {}", config.spoolFolder(), what, why);
        }
        trouble = what;
    }

    private void allIsWell() {
        if (trouble != null) {
            trouble = null;
            LOG.info("Usage is sent again");
        }
    }

    /** Ends soon; what is under way stays in the spool. */
    void stop() {
        stopping.countDown();
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void isStoppingWithin(Duration pause) {
        try {
            boolean unused = stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            stop();
        }
    }

    /** Events that the broker acknowledged since the start. */
    long sent() {
        return sent.get();
    }

    /** When it last did. */
    Optional<Instant> lastSent() {
        return Optional.ofNullable(lastSent);
    }

    /** Why nothing is sent at the moment. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }
}
