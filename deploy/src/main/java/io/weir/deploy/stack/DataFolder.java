package io.weir.deploy.stack;

import io.weir.deploy.console.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder in which one stack keeps its data and logs. Held by one process at a time; a temporary one goes when it is closed. */
public final class DataFolder implements AutoCloseable {

    private static final String LOCK = ".lock";

    private final Path root;
    private final FileChannel lockFile;
    private boolean temporary;

    private DataFolder(Path root, boolean temporary) throws IOException {
        this.root = root;
        this.temporary = temporary;
        this.lockFile = FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lockFile.tryLock();
        if (lock == null) {
            lockFile.close();
            throw new Failure(root + " is in use by another weir. Stop that one, or name another folder with --data.");
        }
    }

    /** A folder of the user's choice, made where it is missing; null for a new temporary one. */
    public static DataFolder open(@Nullable Path chosen) {
        try {
            if (chosen == null) {
                return new DataFolder(Files.createTempDirectory("weir-"), true);
            }
            return new DataFolder(Files.createDirectories(chosen).toRealPath(), false);
        } catch (IOException refused) {
            Path folder = chosen == null ? Path.of(System.getProperty("java.io.tmpdir")) : chosen;
            throw new Failure(
                    "Cannot keep data in " + folder + ": " + refused + ". Name another folder with --data.", refused);
        }
    }

    /** A folder of the user's choice in which there is nothing yet; null for a new temporary one. */
    public static DataFolder openNew(@Nullable Path chosen) {
        if (chosen != null && Files.exists(chosen.resolve(LOCK))) {
            throw new Failure(
                    chosen + " holds the data of another run. Name a new folder with --data, or delete that one.");
        }
        return open(chosen);
    }

    /** Where everything is. */
    public Path root() {
        return root;
    }

    /** Lets a temporary folder stay when it is closed, because somebody will want to look into it. */
    public void keep() {
        temporary = false;
    }

    /** Whether the folder goes when it is closed. */
    public boolean isTemporary() {
        return temporary;
    }

    /** The folder of one part, made where it is missing. */
    public Path folder(String part) {
        try {
            return Files.createDirectories(root.resolve(part));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** The log file of one part. */
    public Path log(String part) {
        return folder("log").resolve(part + ".log");
    }

    @Override
    public void close() {
        try {
            lockFile.close();
            if (temporary && Files.exists(root)) {
                delete();
            }
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private void delete() throws IOException {
        try (Stream<Path> everything = Files.walk(root)) {
            for (Path path : everything.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
