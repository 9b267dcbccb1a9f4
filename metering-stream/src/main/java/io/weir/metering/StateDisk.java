package io.weir.metering;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The disk on which the state lies. Kafka Streams says nothing when it is full, and goes on from memory for a while; so somebody
 * has to look.
 *
 * @param folder where the state lies; it need not exist yet
 * @param freeMinimumBytes with fewer bytes free the health turns red
 */
record StateDisk(Path folder, long freeMinimumBytes) {

    private static final Logger LOG = LoggerFactory.getLogger(StateDisk.class);

    /** Bytes that are free for the state; 0 if the disk cannot be asked. */
    long freeBytes() {
        try {
            return Files.getFileStore(existing(folder.toAbsolutePath())).getUsableSpace();
        } catch (IOException unreadable) {
            LOG.warn("The free space of {} cannot be asked for: {}", folder, unreadable.toString());
            return 0;
        }
    }

    private static Path existing(Path path) {
        Path parent = path.getParent();
        return parent == null || Files.exists(path) ? path : existing(parent);
    }

    /** Why the health is red; empty while there is enough room. */
    Optional<String> trouble() {
        long freeBytes = freeBytes();
        if (freeBytes >= freeMinimumBytes) {
            return Optional.empty();
        }
        return Optional.of("the disk of %s has %d bytes free, fewer than weir.state.free.minimum=%d: make room"
                .formatted(folder, freeBytes, freeMinimumBytes));
    }
}
