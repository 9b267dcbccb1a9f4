package io.weir.publish;

import io.weir.wire.TrustedRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * Events on the local disk, in the order in which they were published. What {@link #store} was given is on the disk when it
 * returns; what was not yet deleted is found again by the next start.
 *
 * <p>Safe for use by many threads, but none may be interrupted within: Java closes the file of an interrupted thread.
 */
final class Spool implements AutoCloseable {

    static {
        TrustedRecords.trust();
    }

    private static final String FILE = "usage.spool";
    private static final int PAGE_BYTES = 4096;

    private final MVStore store;
    private final MVMap<Long, byte[]> queue;
    private final MVMap<Long, byte[]> aside;
    private final MVMap<Long, String> schemas;
    private final long foundEvents;
    private final long foundBytes;
    private long stored;

    private Spool(MVStore store) throws IOException {
        this.store = store;
        this.queue = store.openMap("queue", events());
        this.aside = store.openMap("aside", events());
        this.schemas = store.openMap(
                "schemas",
                new MVMap.Builder<Long, String>().keyType(LongDataType.INSTANCE).valueType(StringDataType.INSTANCE));
        tryAgainWhatWasPutAside();
        this.foundEvents = queue.sizeAsLong();
        this.foundBytes = sizeOfAll();
        this.stored = foundEvents == 0 ? 0 : queue.lastKey();
    }

    private static MVMap.Builder<Long, byte[]> events() {
        return new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE).valueType(ByteArrayDataType.INSTANCE);
    }

    /**
     * Opens the spool of a folder, or begins one.
     *
     * @throws SpoolUnusable if another publisher has it, or if something in it is damaged
     */
    static Spool open(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(FILE);
        MVStore store = null;
        try {
            store = new MVStore.Builder()
                    .fileName(file.toString())
                    .autoCommitDisabled()
                    .pageSplitSize(PAGE_BYTES)
                    .open();
            // What a commit replaces may be written over at once, since the disk has that commit before the next one.
            store.setRetentionTime(0);
            store.setVersionsToKeep(0);
            return new Spool(store);
        } catch (MVStoreException | IOException unusable) {
            if (store != null) {
                store.closeImmediately();
            }
            throw unusable(file, unusable);
        }
    }

    private static SpoolUnusable unusable(Path file, Exception cause) {
        if (cause instanceof MVStoreException failed && failed.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
            return new SpoolUnusable(
                    file + " is in use by another publisher. Give each publisher a folder of its own.", cause);
        }
        return new SpoolUnusable(
                ("%s cannot be read (%s). It may hold usage that was acknowledged and not sent."
                                + " Move it away and keep it; then a new one is begun.")
                        .formatted(file, cause.getMessage()),
                cause);
    }

    private void tryAgainWhatWasPutAside() {
        aside.forEach(queue::put);
        aside.clear();
    }

    private long sizeOfAll() throws IOException {
        long bytes = 0;
        for (Map.Entry<Long, byte[]> entry : queue.entrySet()) {
            requireSchema(SpooledEvent.decode(entry.getKey(), entry.getValue()));
            bytes += entry.getValue().length;
        }
        return bytes;
    }

    private void requireSchema(SpooledEvent event) throws IOException {
        if (!schemas.containsKey(event.schema())) {
            throw new IOException("the schema of " + event.number() + " is missing");
        }
    }

    /** Events found when the spool was opened. */
    long foundEvents() {
        return foundEvents;
    }

    /** Their size, in bytes. */
    long foundBytes() {
        return foundBytes;
    }

    /** The number by which events refer to a schema. The schema is on the disk before or with the next event that is stored. */
    synchronized long remember(Schema schema) {
        long fingerprint = SchemaNormalization.parsingFingerprint64(schema);
        schemas.putIfAbsent(fingerprint, schema.toString());
        return fingerprint;
    }

    /** The schema with this number. */
    synchronized Schema schema(long fingerprint) {
        return new Schema.Parser().parse(schemas.get(fingerprint));
    }

    /**
     * Deletes and adds events, and returns when the disk has both.
     *
     * @param change what to delete and to add
     * @return bytes of the deleted events
     */
    long store(SpoolChange change) {
        long deletedBytes = 0;
        synchronized (this) {
            for (long position : change.sent()) {
                deletedBytes += Objects.requireNonNull(queue.remove(position)).length;
            }
            change.refused().forEach(position -> aside.put(position, queue.remove(position)));
            queue.putAll(change.added());
            store.commit();
        }
        store.sync();
        synchronized (this) {
            stored = change.added().keySet().stream().reduce(stored, Math::max);
            notifyAll();
        }
        return deletedBytes;
    }

    /** The events behind a position that are on the disk, in their order, at most so many; none if none comes in time. */
    synchronized Map<Long, SpooledEvent> behind(long position, int most, long waitMillis) throws IOException {
        awaitStored(position, waitMillis);
        Map<Long, SpooledEvent> found = new LinkedHashMap<>();
        Long next = queue.higherKey(position);
        while (next != null && next <= stored && found.size() < most) {
            found.put(next, SpooledEvent.decode(next, Objects.requireNonNull(queue.get(next))));
            next = queue.higherKey(next);
        }
        return found;
    }

    private synchronized void awaitStored(long position, long waitMillis) {
        try {
            long leftMillis = waitMillis;
            long startNanos = System.nanoTime();
            while (stored <= position && leftMillis > 0) {
                wait(leftMillis);
                leftMillis = waitMillis
                        - Duration.ofNanos(System.nanoTime() - startNanos).toMillis();
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("nobody interrupts the reader of the spool", interrupted);
        }
    }

    /** Position of the last event that is on the disk. */
    synchronized long stored() {
        return stored;
    }

    @Override
    public synchronized void close() {
        store.close(0);
    }
}
