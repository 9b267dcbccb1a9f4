package io.weir.publish;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only one who changes the spool. Whatever was added while the disk was busy goes there together, so that many callers share
 * one wait for it.
 */
final class SpoolWriter implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolWriter.class);
    /** Deletions alone are in no hurry: an event that is sent twice counts once. */
    private static final Duration DELETIONS = Duration.ofMillis(100);

    private final Spool spool;
    private final long limitBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition room = lock.newCondition();

    private SpoolChange next = SpoolChange.none();
    private long lastPosition;
    private long waiting;
    private long waitingBytes;
    private long aside;
    private boolean closing;
    private boolean stopping;
    private @Nullable RuntimeException broken;

    SpoolWriter(Spool spool, long limitBytes) {
        this.spool = spool;
        this.limitBytes = limitBytes;
        this.lastPosition = spool.stored();
        this.waiting = spool.foundEvents();
        this.waitingBytes = spool.foundBytes();
    }

    /**
     * Adds events as soon as there is room.
     *
     * @param numbered gives the events their numbers, once there is room
     * @return the numbered events, on their way to the disk
     * @throws UsageRefused if there is no room in time, or never will be
     */
    Addition add(Supplier<List<SpooledEvent>> numbered, long waitNanos) throws UsageRefused {
        lock.lock();
        try {
            awaitRoom(waitNanos);
            requireOpen();
            requireRoom();
            List<SpooledEvent> events = numbered.get();
            for (SpooledEvent event : events) {
                byte[] encoded = event.encode(++lastPosition);
                next.added().put(lastPosition, encoded);
                waiting++;
                waitingBytes += encoded.length;
            }
            work.signal();
            return new Addition(events, next.onDisk());
        } finally {
            lock.unlock();
        }
    }

    /** Numbered events, and when the disk has them: completed then, exceptionally if it fails. */
    record Addition(List<SpooledEvent> events, CompletableFuture<@Nullable Void> onDisk) {}

    private void awaitRoom(long waitNanos) {
        try {
            long left = waitNanos;
            while (waitingBytes >= limitBytes && isOpen() && left > 0) {
                left = room.awaitNanos(left);
            }
        } catch (InterruptedException interrupted) {
            // The host wants its thread back: as if the time were over.
            Thread.currentThread().interrupt();
        }
    }

    private boolean isOpen() {
        return broken == null && !closing;
    }

    private void requireOpen() throws UsageRefused {
        if (broken != null) {
            throw new UsageRefused(
                    UsageRefused.Reason.SPOOL_BROKEN,
                    "The spool cannot be written any more: %s. Mend the disk and start the publisher again."
                            .formatted(broken.getMessage()));
        }
        if (closing) {
            throw new UsageRefused(UsageRefused.Reason.CLOSED, "The publisher is closed.");
        }
    }

    private void requireRoom() throws UsageRefused {
        if (waitingBytes >= limitBytes) {
            throw new UsageRefused(
                    UsageRefused.Reason.SPOOL_FULL,
                    "%,d events of %,d bytes wait for the broker; the limit is %,d bytes. Publish it again later."
                            .formatted(waiting, waitingBytes, limitBytes));
        }
    }

    /** Deletes an event, soon: the broker has it. */
    void sent(long position) {
        lock.lock();
        try {
            next.sent().add(position);
        } finally {
            lock.unlock();
        }
    }

    /** Puts an event aside, soon: the broker refuses it for good. */
    void refused(long position) {
        lock.lock();
        try {
            next.refused().add(position);
        } finally {
            lock.unlock();
        }
    }

    /** Writes until {@link #stop}, or until the disk fails. */
    @Override
    public void run() {
        boolean more = true;
        while (more) {
            SpoolChange change;
            lock.lock();
            try {
                awaitWork();
                change = next;
                next = SpoolChange.none();
                more = broken == null && !stopping;
            } finally {
                lock.unlock();
            }
            more &= write(change);
        }
    }

    private void awaitWork() {
        try {
            long left = DELETIONS.toNanos();
            while (next.added().isEmpty() && !stopping && left > 0) {
                left = work.awaitNanos(left);
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("nobody interrupts the writer of the spool", interrupted);
        }
    }

    /** Whether the disk has it. */
    private boolean write(SpoolChange change) {
        try {
            if (!change.isEmpty()) {
                settle(change, spool.store(change));
            }
            change.onDisk().complete(null);
            return true;
        } catch (RuntimeException failed) {
            LOG.error("The spool cannot be written any more; usage is refused from now on", failed);
            breakWith(failed, change);
            return false;
        }
    }

    private void settle(SpoolChange change, long freedBytes) {
        lock.lock();
        try {
            waiting -= change.sent().size();
            waitingBytes -= freedBytes;
            aside += change.refused().size();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void breakWith(RuntimeException failed, SpoolChange change) {
        lock.lock();
        try {
            broken = failed;
            change.onDisk().completeExceptionally(failed);
            next.onDisk().completeExceptionally(failed);
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing any more, and waits until the broker has what can be sent, or until the time is over. */
    void drain(long waitNanos) {
        lock.lock();
        try {
            closing = true;
            room.signalAll();
            long left = waitNanos;
            while (waiting > aside && broken == null && left > 0) {
                left = room.awaitNanos(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the thread that runs this, once it has written what it knows. */
    void stop() {
        lock.lock();
        try {
            stopping = true;
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /** How much waits, events put aside included. */
    Waiting waiting() {
        lock.lock();
        try {
            return new Waiting(waiting, waitingBytes, aside);
        } finally {
            lock.unlock();
        }
    }

    /** So many events of so many bytes, and how many of them are put aside. */
    record Waiting(long events, long bytes, long aside) {}
}
